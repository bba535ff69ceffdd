//! A window with its guide: what the visit says is shown and, to who listens, spoken.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use i_slint_core::window::WindowInner;
use kiosk_ui::{Ear, KeypadPort, KioskWindow};
use privacy::Personal;
use slint::{
    ComponentHandle, SharedString, Weak,
    platform::{Key, WindowEvent},
};
use speech::{Order, Saying};

use super::ear;
use crate::{
    guide::{Guide, GuideCommand, GuideEvent},
    visit::{
        Touch, View,
        view::{Guidance, Screen},
    },
};

/// Edges that one step may come to.
const STEPS_MAX: u32 = 4;

/// The face of the kiosk; for the window's own thread.
pub struct Face(Rc<Inside>);

struct Inside {
    window: Weak<KioskWindow>,
    guide: RefCell<Guide>,
    /// As it was last shown.
    manner: RefCell<(Guidance, &'static str)>,
    /// The stop moves once more: there was nothing to stand on.
    again: Cell<Option<Key>>,
    /// Which way the stop moves.
    way: Cell<Key>,
    /// How often the sound was tried.
    tried: Cell<u32>,
    touch: Box<dyn Fn(Touch)>,
    speak: Box<dyn Fn(Order)>,
}

impl Face {
    /// Lets every control and key of the window report, and speaks by `speak`.
    pub fn new(
        window: &KioskWindow,
        touch: impl Fn(Touch) + Clone + 'static,
        speak: impl Fn(Order) + 'static,
    ) -> Self {
        super::connect(window, touch.clone());
        let face = Self(Rc::new(Inside {
            window: window.as_weak(),
            guide: RefCell::default(),
            manner: RefCell::new((Guidance::default(), "ko")),
            again: Cell::new(None),
            way: Cell::new(Key::Tab),
            tried: Cell::new(0),
            touch: Box::new(touch),
            speak: Box::new(speak),
        }));
        let inside = Rc::downgrade(&face.0);
        ear::connect(window, move |event| {
            if let Some(inside) = inside.upgrade() {
                inside.handle(event);
            }
        });
        face.at_edges(window);
        window.invoke_to_start();
        face
    }

    fn at_edges(&self, window: &KioskWindow) {
        let ear = window.global::<Ear>();
        let inside = Rc::downgrade(&self.0);
        ear.on_wrapped(move || {
            if let Some(inside) = inside.upgrade() {
                inside.again.set(Some(inside.way.get()));
            }
        });
        let inside = Rc::downgrade(&self.0);
        ear.on_walled(move || {
            let inside = inside.upgrade();
            let window = inside.as_ref().and_then(|it| it.window.upgrade());
            if let (Some(inside), Some(window)) = (inside, window) {
                if window.global::<KeypadPort>().get_stepping() {
                    inside.again.set(Some(Key::Tab));
                } else {
                    inside.step(&window, Key::Tab);
                }
            }
        });
    }

    /// Shows one moment of the visit.
    pub fn show(&self, view: &View) {
        let Some(window) = self.0.window.upgrade() else {
            return;
        };
        super::show(&window, view);
        let guidance = view.accessibility.guidance.unwrap_or_default();
        self.0.manner.replace((guidance, view.language.code()));
        self.0.handle(GuideEvent::Shown(Box::new(view.clone())));
        if let Screen::Upkeep(upkeep) = &view.screen
            && let Some((count, words)) = &upkeep.said
        {
            self.0.try_sound(*count, words);
        }
        self.0.keep_focus(&window);
    }
}

impl Inside {
    fn handle(&self, event: GuideEvent) {
        self.guide.borrow_mut().handle(event);
        // Moving the stop tells of where it is now before this returns.
        loop {
            let command = self.guide.borrow_mut().poll_command();
            match command {
                Some(command) => self.carry_out(command),
                None => return,
            }
        }
    }

    fn carry_out(&self, command: GuideCommand) {
        let Some(window) = self.window.upgrade() else {
            return;
        };
        match command {
            GuideCommand::Say { what, cut } => {
                let (guidance, language) = *self.manner.borrow();
                (self.speak)(Order::Say(Saying {
                    words: ear::words(&window, what),
                    language,
                    rate: guidance.rate,
                    volume: guidance.volume,
                    cut,
                }));
            }
            GuideCommand::Silence => (self.speak)(Order::Silence),
            GuideCommand::Pause(paused) => (self.speak)(Order::Pause(paused)),
            GuideCommand::Next => self.step(&window, Key::Tab),
            GuideCommand::Previous => self.step(&window, Key::Backtab),
            GuideCommand::First => self.begin(&window, true),
            GuideCommand::Start => self.begin(&window, false),
            GuideCommand::Touch(touch) => (self.touch)(touch),
        }
    }

    /// A technician hears a sentence, each time once.
    fn try_sound(&self, count: u32, words: &str) {
        if self.tried.replace(count) == count {
            return;
        }
        let (guidance, language) = *self.manner.borrow();
        (self.speak)(Order::Say(Saying {
            words: Personal::new(words.to_owned()),
            language,
            rate: guidance.rate,
            volume: guidance.volume,
            cut: true,
        }));
    }

    /// Before the first stop, or on it. What lies over the screen does it by itself.
    fn begin(&self, window: &KioskWindow, on_first: bool) {
        if window.invoke_to_start() && on_first {
            self.step(window, Key::Tab);
        }
    }

    /// What the person stood on may have gone with what was shown before: without a
    /// focus no key would be heard.
    fn keep_focus(&self, window: &KioskWindow) {
        let inner = WindowInner::from_pub(window.window());
        let focused = inner.focus_item.borrow().upgrade();
        if focused.is_some_and(|it| it.is_visible()) {
            return;
        }
        let listening = window.global::<Ear>().get_listening();
        if window.invoke_to_start() {
            if listening {
                self.step(window, Key::Tab);
            }
        } else {
            window.global::<Ear>().set_lost(true);
        }
    }

    fn step(&self, window: &KioskWindow, way: Key) {
        self.way.set(way);
        self.again.set(Some(way));
        // Where nothing at all can be stood on there is an end, too.
        for _ in 0..STEPS_MAX {
            let Some(way) = self.again.take() else {
                return;
            };
            press(window, way);
        }
    }
}

/// Moves the stop, as Slint does it.
fn press(window: &KioskWindow, key: Key) {
    let text = SharedString::from(key);
    let keypad = window.global::<KeypadPort>();
    keypad.set_stepping(true);
    let window = window.window();
    window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
    window.dispatch_event(WindowEvent::KeyReleased { text });
    keypad.set_stepping(false);
}
