//! A citizen who touches nothing: a keypad and headphones, or two switches.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

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

use crate::{
    listening::Transcript,
    stand::{PATIENCE, Stand},
};

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
    /// What came up, was pressed and was said.
    heard: Rc<RefCell<Transcript>>,
}

impl Keypad {
    /// None for who uses a finger.
    pub(crate) fn before(
        window: &KioskWindow,
        hands: Hands,
        touch: impl Fn(Touch) + Clone + 'static,
    ) -> Option<Self> {
        let heard = Rc::new(RefCell::new(Transcript::default()));
        let ear = Rc::clone(&heard);
        let face = match hands {
            Hands::Finger => return None,
            Hands::Headphones | Hands::Switches => Face::new(window, touch, move |order| {
                if let Order::Say(saying) = order {
                    ear.borrow_mut().said(saying);
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
            heard,
        })
    }

    pub(crate) fn show(&self, view: &View) {
        self.heard.borrow_mut().shown(view.screen.name());
        self.face.show(view);
    }

    /// Goes one stop on; whether that is the control with this label.
    pub(crate) fn comes_to(&self, label: &str) -> bool {
        let heard = self.said().len();
        self.press(Key::Tab);
        match self.hands {
            Hands::Switches => self
                .framed
                .take()
                .is_some_and(|it| it == (true, label.to_owned())),
            Hands::Headphones | Hands::Finger => {
                self.said()[heard..].iter().any(|words| names(words, label))
            }
        }
    }

    pub(crate) fn choose(&self) {
        self.press(Key::Return);
    }

    pub(crate) fn press(&self, key: impl Into<SharedString>) {
        let (text, window) = (key.into(), self.window.window());
        self.heard.borrow_mut().pressed(&text);
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.dispatch_event(WindowEvent::KeyReleased { text });
        mock_elapsed_time(Duration::from_millis(60));
    }

    pub(crate) fn said(&self) -> Vec<String> {
        let heard = self.heard.borrow();
        heard
            .sayings()
            .map(|it| it.words.reveal().clone())
            .collect()
    }
}

impl Stand {
    /// Whoever comes next does without a finger, or with one.
    pub fn is_used_by(&mut self, hands: Hands) {
        self.switch_off();
        self.hands = hands;
        self.switch_on();
        self.forget_what_was_shown();
        self.until_everything_works();
    }

    /// Presses a key of the keypad.
    pub fn press(&mut self, key: impl Into<SharedString>) {
        self.view();
        self.keypad.as_ref().unwrap().press(key);
    }

    /// Presses a key and listens to what is said of it.
    pub fn press_and_listen(&mut self, key: impl Into<SharedString>) {
        self.view();
        let heard = self.said().len();
        self.keypad.as_ref().unwrap().press(key);
        let given_up = Instant::now() + PATIENCE;
        while self.said().len() == heard {
            assert!(Instant::now() < given_up, "nothing is said of the key");
            self.look(Duration::from_millis(50));
        }
    }

    /// The visit as it sounds.
    pub fn transcript(&self) -> Transcript {
        let heard = self.keypad.as_ref().map(|it| it.heard.borrow().clone());
        heard.unwrap_or_default()
    }

    /// Everything that was said into the headphones.
    pub fn said(&self) -> Vec<String> {
        self.keypad.as_ref().map_or_else(Vec::new, Keypad::said)
    }

    /// Goes from stop to stop to the control with this label, and chooses it.
    pub(crate) fn choose(&mut self, label: &str) {
        let given_up = Instant::now() + PATIENCE;
        loop {
            self.view();
            let keypad = self.keypad.as_ref().unwrap();
            if keypad.comes_to(label) {
                return keypad.choose();
            }
            let said = self.said();
            assert!(
                Instant::now() < given_up,
                "nothing called {label:?} is come to; said was {said:?} after {:?}",
                self.past
            );
        }
    }

    /// Digits are typed at the keypad by who has one.
    pub(crate) fn has_digits(&self) -> bool {
        self.hands == Hands::Headphones
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
