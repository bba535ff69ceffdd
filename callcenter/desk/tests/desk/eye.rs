//! What a strict eye finds wrong with the window as it is.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};

use crate::booth::{Booth, HEIGHT, WIDTH};

/// Positions are sums of fractions.
const TOLERANCE: f32 = 1.0;
/// The smallest thing a mouse has to hit.
const TARGET: f32 = 40.0;
/// What words must stay within.
const FRAMES: [&str; 5] = ["Pressable", "Plate", "Remark", "TopBar", "KeyBar"];

#[derive(Clone, Copy, Debug)]
struct Area {
    x: f32,
    y: f32,
    right: f32,
    bottom: f32,
}

impl Area {
    fn of(element: &ElementHandle) -> Self {
        let (at, size) = (element.absolute_position(), element.size());
        Self {
            x: at.x,
            y: at.y,
            right: at.x + size.width,
            bottom: at.y + size.height,
        }
    }

    fn holds(&self, other: &Self) -> bool {
        other.x >= self.x - TOLERANCE
            && other.y >= self.y - TOLERANCE
            && other.right <= self.right + TOLERANCE
            && other.bottom <= self.bottom + TOLERANCE
    }
}

/// Everything wrong with the window, as sentences.
pub(crate) fn complaints(booth: &Booth) -> Vec<String> {
    let mut found = Vec::new();
    for control in booth.controls() {
        let (name, area) = (label(&control), Area::of(&control));
        if name.trim().is_empty() {
            found.push(format!("a control at {area:?} has no label"));
        }
        if area.right - area.x < TARGET || area.bottom - area.y < TARGET {
            found.push(format!("{name:?} is too small: {area:?}"));
        }
    }
    for frame in FRAMES {
        let frames = ElementQuery::from_root(&booth.window).match_inherits(frame);
        for frame in frames.find_all() {
            words_within(&frame, &mut found);
        }
    }
    let window = Area {
        x: 0.0,
        y: 0.0,
        right: WIDTH as f32,
        bottom: HEIGHT as f32,
    };
    for words in words(&ElementQuery::from_root(&booth.window).find_all()) {
        let area = Area::of(&words);
        if area.x < window.x - TOLERANCE || area.right > window.right + TOLERANCE {
            found.push(format!("{:?} leaves the window: {area:?}", label(&words)));
        }
    }
    for element in booth.elements() {
        let named = element
            .accessible_role()
            .is_some_and(|it| it != AccessibleRole::None);
        if named && label(&element).contains('\u{2060}') {
            found.push(format!("{:?} has word joiners", label(&element)));
        }
    }
    found
}

fn words_within(frame: &ElementHandle, found: &mut Vec<String>) {
    let area = Area::of(frame);
    for words in words(&frame.query_descendants().find_all()) {
        let inner = Area::of(&words);
        if !area.holds(&inner) {
            let name = label(frame);
            found.push(format!(
                "words stand over the edge of {name:?}: {inner:?} in {area:?}"
            ));
        }
    }
}

/// What is drawn as text.
fn words(elements: &[ElementHandle]) -> Vec<ElementHandle> {
    let is_text = |it: &&ElementHandle| it.type_name().is_some_and(|it| it == "Text");
    elements.iter().filter(is_text).cloned().collect()
}

fn label(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().to_string()
}
