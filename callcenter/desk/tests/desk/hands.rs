//! Hands at a desk: its keys, its pointer and its wheel.

use std::time::Duration;

use i_slint_backend_testing::{ElementHandle, mock_elapsed_time};
use slint::{
    ComponentHandle, LogicalPosition, SharedString,
    platform::{Key, PointerEventButton, WindowEvent},
};

use super::{Booth, HEIGHT, WIDTH};

impl Booth {
    /// Presses a key by the name that stands on its button.
    pub(crate) fn press(&mut self, name: &str) {
        let (modifier, key) = match name.split_once('+') {
            Some(("Ctrl", key)) => (Some(Key::Control), key),
            Some(("Alt", key)) => (Some(Key::Alt), key),
            _ => (None, name),
        };
        let text: SharedString = match key {
            "F1" => Key::F1.into(),
            "F2" => Key::F2.into(),
            "F3" => Key::F3.into(),
            "F4" => Key::F4.into(),
            "F5" => Key::F5.into(),
            "F6" => Key::F6.into(),
            "F7" => Key::F7.into(),
            "F8" => Key::F8.into(),
            "F9" => Key::F9.into(),
            "F10" => Key::F10.into(),
            "F11" => Key::F11.into(),
            "F12" => Key::F12.into(),
            "Enter" => Key::Return.into(),
            "Esc" => Key::Escape.into(),
            "Del" => Key::Delete.into(),
            "Tab" => Key::Tab.into(),
            "↑" => Key::UpArrow.into(),
            "↓" => Key::DownArrow.into(),
            letter => letter.to_lowercase().into(),
        };
        if let Some(modifier) = modifier {
            let text = modifier.into();
            self.dispatch(WindowEvent::KeyPressed { text });
        }
        self.stroke(text);
        if let Some(modifier) = modifier {
            let text = modifier.into();
            self.dispatch(WindowEvent::KeyReleased { text });
        }
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.stroke(letter.into());
        }
    }

    fn stroke(&self, text: SharedString) {
        self.dispatch(WindowEvent::KeyPressed { text: text.clone() });
        self.dispatch(WindowEvent::KeyReleased { text });
    }

    fn dispatch(&self, event: WindowEvent) {
        self.window.window().dispatch_event(event);
    }

    /// Clicks the control with this label.
    pub(crate) fn click(&mut self, label: &str) {
        let controls = self.controls();
        let named = |it: &&ElementHandle| it.accessible_label().is_some_and(|it| it == label);
        let control = controls.iter().find(named).unwrap_or_else(|| {
            let there: Vec<_> = controls
                .iter()
                .map(ElementHandle::accessible_label)
                .collect();
            panic!("nothing is called {label:?}; there are {there:?}")
        });
        let (at, size) = (control.absolute_position(), control.size());
        let position = LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
        let button = PointerEventButton::Left;
        for event in [
            WindowEvent::PointerMoved { position },
            WindowEvent::PointerPressed { position, button },
            WindowEvent::PointerReleased { position, button },
            WindowEvent::PointerExited,
        ] {
            self.dispatch(event);
            mock_elapsed_time(Duration::from_millis(20));
        }
    }

    /// Turns a long pane with the wheel until the control with this label is drawn.
    pub(crate) fn roll_to(&mut self, label: &str) {
        #[expect(clippy::cast_precision_loss, reason = "a window is not that wide")]
        let position = LogicalPosition::new(WIDTH as f32 / 2.0, HEIGHT as f32 / 2.0);
        let is_there = |it: &ElementHandle| it.accessible_label().is_some_and(|it| it == label);
        for _ in 0..50 {
            if self.controls().iter().any(is_there) {
                return;
            }
            self.dispatch(WindowEvent::PointerMoved { position });
            let (delta_x, delta_y) = (0.0, -100.0);
            self.dispatch(WindowEvent::PointerScrolled {
                position,
                delta_x,
                delta_y,
            });
            mock_elapsed_time(Duration::from_millis(200));
        }
    }
}
