//! The hall: one kiosk window without a display, looked at and touched as a citizen does.

use std::{cell::RefCell, rc::Rc, time::Duration};

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
};
use kiosk::visit::{Touch, View};
use kiosk_ui::KioskWindow;
use slint::{ComponentHandle, LogicalPosition, platform::WindowEvent};

pub(crate) const WIDTH: u32 = 1080;
pub(crate) const HEIGHT: u32 = 1920;
/// Positions are sums of fractions.
pub(crate) const TOLERANCE: f32 = 1.0;

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

    pub(crate) fn window() -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            width: WIDTH as f32,
            height: HEIGHT as f32,
        }
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        other.x >= self.x - TOLERANCE
            && other.y >= self.y - TOLERANCE
            && other.x + other.width <= self.x + self.width + TOLERANCE
            && other.y + other.height <= self.y + self.height + TOLERANCE
    }

    /// How many pixels of another area's height can be seen in this one.
    pub(crate) fn shows(&self, other: &Self) -> f32 {
        let top = self.y.max(other.y);
        let bottom = (self.y + self.height).min(other.y + other.height);
        (bottom - top).max(0.0)
    }

    /// Whether they have more in common than an edge.
    pub(crate) fn crosses(&self, other: &Self) -> bool {
        let wide = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        wide > TOLERANCE && self.shows(other) > TOLERANCE
    }

    fn center(&self) -> LogicalPosition {
        LogicalPosition::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

pub(crate) struct Hall {
    pub(crate) window: KioskWindow,
    heard: Rc<RefCell<Vec<Touch>>>,
}

impl Hall {
    /// Opens the window; every test has its own thread and so its own window.
    pub(crate) fn open() -> Self {
        let options = TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        };
        slint::platform::set_platform(Box::new(TestingBackend::new(options))).unwrap();
        let window = KioskWindow::new().unwrap();
        let size = slint::PhysicalSize::new(WIDTH, HEIGHT);
        window.window().set_size(size);
        let heard = Rc::new(RefCell::new(Vec::new()));
        let ear = heard.clone();
        kiosk::screens::connect(&window, move |touch| ear.borrow_mut().push(touch));
        window.show().unwrap();
        Self { window, heard }
    }

    pub(crate) fn show(&self, view: &View) {
        kiosk::screens::show(&self.window, view);
        self.wait();
    }

    /// Lets everything that moves come to rest.
    pub(crate) fn wait(&self) {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(600));
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

    pub(crate) fn control(&self, label: &str) -> Option<ElementHandle> {
        self.elements().into_iter().find(|element| {
            is_control(element) && element.accessible_label().is_some_and(|it| it == label)
        })
    }

    /// Puts a finger on the middle of a control and lifts it.
    pub(crate) fn touch(&self, label: &str) {
        let control = self.control(label);
        let control = control.unwrap_or_else(|| panic!("there is no control named {label:?}"));
        self.finger_down(&control);
        self.finger_up(&control);
    }

    pub(crate) fn finger_down(&self, control: &ElementHandle) {
        let position = Area::of(control).center();
        let button = slint::platform::PointerEventButton::Left;
        self.dispatch(WindowEvent::PointerMoved { position });
        self.dispatch(WindowEvent::PointerPressed { position, button });
    }

    pub(crate) fn finger_up(&self, control: &ElementHandle) {
        let position = Area::of(control).center();
        let button = slint::platform::PointerEventButton::Left;
        self.dispatch(WindowEvent::PointerReleased { position, button });
        self.dispatch(WindowEvent::PointerExited);
        self.wait();
    }

    fn dispatch(&self, event: WindowEvent) {
        self.window.window().dispatch_event(event);
    }

    pub(crate) fn picture(&self) -> slint::SharedPixelBuffer<slint::Rgba8Pixel> {
        self.window.window().take_snapshot().unwrap()
    }
}

pub(crate) fn is_control(element: &ElementHandle) -> bool {
    matches!(
        element.accessible_role(),
        Some(
            AccessibleRole::Button
                | AccessibleRole::Switch
                | AccessibleRole::RadioButton
                | AccessibleRole::Checkbox
        )
    )
}

/// Words in the tree without the joiners that only the eye's copy has.
pub(crate) fn label(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().to_string()
}
