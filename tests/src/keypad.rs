//! A citizen who touches nothing: a keypad and headphones, or two switches.

use std::{cell::RefCell, rc::Rc, time::Duration};

use i_slint_backend_testing::mock_elapsed_time;
use kiosk::{
    screens::Face,
    visit::{Touch, View},
};
use kiosk_ui::{Ear, EarKind, KioskWindow};
use slint::{
    ComponentHandle, SharedString,
    platform::{Key, WindowEvent},
};
use speech::Order;

/// By what somebody does what others do with a finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    Finger,
    /// Hears where they stand, and sees nothing.
    Headphones,
    /// One switch goes on, the other chooses; sees the frame around what is next.
    Switches,
}

pub(crate) struct Keypad {
    face: Face,
    window: KioskWindow,
    hands: Hands,
    /// What is framed: whether it can be chosen, and its label.
    framed: Rc<RefCell<Option<(bool, String)>>>,
    /// Everything that was said, and how much of it has been listened to.
    said: Rc<RefCell<Vec<String>>>,
}

impl Keypad {
    /// None for who uses a finger.
    pub(crate) fn before(
        window: &KioskWindow,
        hands: Hands,
        touch: impl Fn(Touch) + Clone + 'static,
    ) -> Option<Self> {
        let said = Rc::new(RefCell::new(Vec::new()));
        let ear = Rc::clone(&said);
        let face = match hands {
            Hands::Finger => return None,
            Hands::Headphones | Hands::Switches => Face::new(window, touch, move |order| {
                if let Order::Say(saying) = order {
                    ear.borrow_mut().push(saying.words.reveal().clone());
                }
            }),
        };
        let framed = Rc::new(RefCell::new(None));
        if hands == Hands::Switches {
            let eye = Rc::clone(&framed);
            window.global::<Ear>().on_stands_on(move |at| {
                let usable = at.kind != EarKind::Words && at.enabled;
                eye.replace(Some((usable, at.label.into())));
            });
        }
        Some(Self {
            face,
            window: window.clone_strong(),
            hands,
            framed,
            said,
        })
    }

    pub(crate) fn show(&self, view: &View) {
        self.face.show(view);
    }

    /// Goes one stop on; whether that is the control with this label.
    pub(crate) fn comes_to(&self, label: &str) -> bool {
        let heard = self.said.borrow().len();
        self.press(Key::Tab);
        match self.hands {
            Hands::Switches => self
                .framed
                .take()
                .is_some_and(|it| it == (true, label.to_owned())),
            Hands::Headphones | Hands::Finger => self.said.borrow()[heard..]
                .iter()
                .any(|words| names(words, label)),
        }
    }

    pub(crate) fn choose(&self) {
        self.press(Key::Return);
    }

    pub(crate) fn press(&self, key: impl Into<SharedString>) {
        let (text, window) = (key.into(), self.window.window());
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.dispatch_event(WindowEvent::KeyReleased { text });
        mock_elapsed_time(Duration::from_millis(60));
    }

    pub(crate) fn said(&self) -> Vec<String> {
        self.said.borrow().clone()
    }
}

/// Whether what is said of a stop is said of the control with this label.
fn names(words: &str, label: &str) -> bool {
    let Some(manner) = words.strip_prefix(label) else {
        return false;
    };
    let is_key = manner.is_empty() && label.chars().count() == 1;
    let usable = !manner.contains("지금은 누를 수 없음");
    is_key
        || usable
            && [", 버튼", ", 선택", ", 켜짐", ", 꺼짐"]
                .iter()
                .any(|it| manner.starts_with(it))
}
