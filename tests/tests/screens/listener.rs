//! Somebody with headphones and a keypad in front of a kiosk's window.

use std::{cell::RefCell, rc::Rc};

use kiosk::{
    screens::Face,
    visit::{
        Touch, View,
        view::{Accessibility, Guidance},
    },
};
use slint::{
    ComponentHandle, SharedString,
    platform::{Key, WindowEvent},
};
use speech::Order;

use crate::hall::Hall;

/// More stops than any screen has.
pub(crate) const STOPS_MAX: usize = 200;

pub(crate) struct Listener {
    pub(crate) hall: Hall,
    face: Face,
    said: Rc<RefCell<Vec<String>>>,
    touched: Rc<RefCell<Vec<Touch>>>,
}

impl Listener {
    pub(crate) fn arrive() -> Self {
        let hall = Hall::open();
        let said: Rc<RefCell<Vec<String>>> = Rc::default();
        let touched: Rc<RefCell<Vec<Touch>>> = Rc::default();
        let (ear, hand) = (Rc::clone(&said), Rc::clone(&touched));
        let face = Face::new(
            &hall.window,
            move |touch| hand.borrow_mut().push(touch),
            move |order| {
                if let Order::Say(saying) = order {
                    ear.borrow_mut().push(saying.words.reveal().clone());
                }
            },
        );
        Self {
            hall,
            face,
            said,
            touched,
        }
    }

    /// Shows a moment to somebody who has just come, and listens or not.
    pub(crate) fn show(&self, view: View, listens: bool) {
        let guidance = listens.then(Guidance::default);
        let accessibility = Accessibility {
            guidance,
            ..view.accessibility
        };
        // Whoever comes next begins anew.
        let before = Accessibility {
            guidance: None,
            ..accessibility
        };
        for accessibility in [before, accessibility] {
            self.face.show(&View {
                accessibility,
                ..view.clone()
            });
            self.hall.wait();
        }
        self.said();
        self.touched();
    }

    pub(crate) fn press(&self, key: Key) {
        let text = SharedString::from(key);
        let window = self.hall.window.window();
        window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.dispatch_event(WindowEvent::KeyReleased { text });
        self.hall.wait();
    }

    /// What was said since this was last asked.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.take()
    }

    /// What was touched since, without the steps from stop to stop.
    pub(crate) fn touched(&self) -> Vec<Touch> {
        let mut touched = self.touched.take();
        touched.retain(|it| *it != Touch::Moved);
        touched
    }

    /// Goes from stop to stop until the first ones come again; what is said of each.
    pub(crate) fn walk(&self) -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for _ in 0..STOPS_MAX {
            self.press(Key::DownArrow);
            told.push(self.said().join(" "));
            // A heading may stand on a screen twice; what comes behind it is another.
            if let [first, second, .., before, last] = told.as_slice()
                && (first, second) == (before, last)
            {
                return told;
            }
        }
        panic!("the stops have no end: {told:?}");
    }
}
