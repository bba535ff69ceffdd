//! One window without a display, looked at and touched as a technician does.

use std::{cell::RefCell, rc::Rc, time::Duration};

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
};
use provision::{
    screens::{self, Tongue},
    view::{Touch, View},
};
use provision_ui::ProvisionWindow;
use slint::{ComponentHandle, LogicalPosition, platform::WindowEvent};

/// Positions are sums of fractions.
pub(crate) const TOLERANCE: f32 = 1.0;
pub(crate) const MACHINE: &str = "lobby-portrait-24 · 1.4.0";

/// How a panel is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Upright,
    Wide,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::Upright, Self::Wide];

    fn size(self) -> (u16, u16) {
        match self {
            Self::Upright => (1080, 1920),
            Self::Wide => (1920, 1080),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    pub(crate) fn of(element: &ElementHandle) -> Self {
        let (at, size) = (element.absolute_position(), element.size());
        Self {
            x: at.x,
            y: at.y,
            width: size.width,
            height: size.height,
        }
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        other.x >= self.x - TOLERANCE
            && other.y >= self.y - TOLERANCE
            && other.x + other.width <= self.x + self.width + TOLERANCE
            && other.y + other.height <= self.y + self.height + TOLERANCE
    }

    /// Whether they have more in common than an edge.
    pub(crate) fn crosses(&self, other: &Self) -> bool {
        let wide = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let high = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        wide > TOLERANCE && high > TOLERANCE
    }

    fn center(&self) -> LogicalPosition {
        LogicalPosition::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

pub(crate) struct Stand {
    window: ProvisionWindow,
    shape: Shape,
    heard: Rc<RefCell<Vec<Touch>>>,
}

impl Stand {
    /// Opens the window; a test has its own thread and so its own windows.
    pub(crate) fn open(shape: Shape) -> Self {
        let options = TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        };
        // Fails when this test has opened one before: then it is there.
        let _ = slint::platform::set_platform(Box::new(TestingBackend::new(options)));
        let window = ProvisionWindow::new().unwrap();
        let (width, height) = shape.size();
        let size = slint::PhysicalSize::new(width.into(), height.into());
        window.window().set_size(size);
        let heard = Rc::new(RefCell::new(Vec::new()));
        let ear = heard.clone();
        screens::connect(&window, MACHINE, move |touch| ear.borrow_mut().push(touch));
        window.show().unwrap();
        Self {
            window,
            shape,
            heard,
        }
    }

    pub(crate) fn speak(&self, tongue: Tongue) {
        screens::speak(&self.window, tongue);
    }

    pub(crate) fn show(&self, view: &View) {
        screens::show(&self.window, view);
        self.wait();
    }

    fn wait(&self) {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
    }

    pub(crate) fn whole(&self) -> Area {
        let (width, height) = self.shape.size();
        Area {
            x: 0.0,
            y: 0.0,
            width: width.into(),
            height: height.into(),
        }
    }

    pub(crate) fn heard(&self) -> Vec<Touch> {
        self.heard.take()
    }

    pub(crate) fn elements(&self) -> Vec<ElementHandle> {
        ElementQuery::from_root(&self.window).find_all()
    }

    /// The part of the screen that scrolls, where there is one.
    pub(crate) fn page(&self) -> Option<ElementHandle> {
        ElementQuery::from_root(&self.window)
            .match_type_name("Flickable")
            .find_first()
    }

    pub(crate) fn inheriting(&self, component: &str) -> Vec<ElementHandle> {
        ElementQuery::from_root(&self.window)
            .match_inherits(component)
            .find_all()
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.elements().iter().any(|it| label(it) == words)
    }

    pub(crate) fn field(&self, name: &str) -> ElementHandle {
        let is_field = |it: &ElementHandle| {
            it.accessible_role() == Some(AccessibleRole::TextInput) && label(it) == name
        };
        self.elements().into_iter().find(is_field).unwrap()
    }

    pub(crate) fn names_of_enabled(&self) -> Vec<String> {
        self.elements()
            .iter()
            .filter(|it| is_control(it) && it.accessible_enabled() == Some(true))
            .map(label)
            .collect()
    }

    fn control(&self, name: &str) -> ElementHandle {
        let is_it = |it: &ElementHandle| is_control(it) && label(it) == name;
        let found = self.elements().into_iter().find(is_it);
        found.unwrap_or_else(|| panic!("there is no control named {name:?}"))
    }

    pub(crate) fn area(&self, name: &str) -> Area {
        Area::of(&self.control(name))
    }

    /// Puts a finger on the middle of a control and lifts it.
    pub(crate) fn touch(&self, name: &str) {
        let position = self.area(name).center();
        let button = slint::platform::PointerEventButton::Left;
        let window = self.window.window();
        window.dispatch_event(WindowEvent::PointerMoved { position });
        window.dispatch_event(WindowEvent::PointerPressed { position, button });
        window.dispatch_event(WindowEvent::PointerReleased { position, button });
        window.dispatch_event(WindowEvent::PointerExited);
        self.wait();
    }

    pub(crate) fn picture(&self) -> slint::SharedPixelBuffer<slint::Rgba8Pixel> {
        self.window.window().take_snapshot().unwrap()
    }
}

pub(crate) fn is_control(element: &ElementHandle) -> bool {
    matches!(
        element.accessible_role(),
        Some(AccessibleRole::Button | AccessibleRole::RadioButton)
    )
}

pub(crate) fn label(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().to_string()
}
