//! A touch screen as the kernel reports it (evdev), read as one finger on the picture.
//!
//! Drivers with many fingers tell the oldest one as a screen with one would (Linux
//! `input_mt_report_pointer_emulation`), so that this reads them, too.

/// Codes of `linux/input-event-codes.h`.
pub mod code {
    pub const SYNCHRONIZATION: u16 = 0;
    pub const KEY: u16 = 1;
    pub const ABSOLUTE: u16 = 3;
    pub const REPORT: u16 = 0;
    pub const ACROSS: u16 = 0;
    pub const DOWN: u16 = 1;
    /// What a tablet calls its touch.
    pub const LEFT_BUTTON: u16 = 0x110;
    pub const TOUCH: u16 = 0x14a;
}

/// From where to where an axis goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    pub least: i32,
    pub most: i32,
}

impl Axis {
    /// 0 at its beginning, 1 at its end, and nothing beyond.
    fn share(self, value: i32) -> f32 {
        let whole = f64::from(self.most) - f64::from(self.least);
        if whole <= 0.0 {
            return 0.0;
        }
        let share = (f64::from(value) - f64::from(self.least)) / whole;
        share.clamp(0.0, 1.0) as f32
    }
}

/// How the picture is turned on its panel, clockwise, as `SLINT_KMS_ROTATION` says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    #[default]
    Upright,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    /// `None` for what is no quarter of a circle.
    pub fn of_degrees(degrees: &str) -> Option<Self> {
        match degrees {
            "" | "0" => Some(Self::Upright),
            "90" => Some(Self::Quarter),
            "180" => Some(Self::Half),
            "270" => Some(Self::ThreeQuarters),
            _ => None,
        }
    }

    /// Where in the picture a place of the panel is.
    fn on_picture(self, across: f32, down: f32) -> Place {
        let (x, y) = match self {
            Self::Upright => (across, down),
            Self::Quarter => (down, 1.0 - across),
            Self::Half => (1.0 - across, 1.0 - down),
            Self::ThreeQuarters => (1.0 - down, across),
        };
        Place { x, y }
    }
}

/// A place in the picture: shares of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub x: f32,
    pub y: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finger {
    Pressed(Place),
    Moved(Place),
    Lifted(Place),
}

#[derive(Clone, Debug)]
pub struct TouchScreen {
    across: Axis,
    down: Axis,
    turn: Turn,
    at: (i32, i32),
    pressed: bool,
    /// What the report that is not complete yet says.
    now_pressed: bool,
    moved: bool,
}

impl TouchScreen {
    pub fn new(across: Axis, down: Axis, turn: Turn) -> Self {
        Self {
            across,
            down,
            turn,
            at: (across.least, down.least),
            pressed: false,
            now_pressed: false,
            moved: false,
        }
    }

    /// One event of the kernel's; what the finger has done once a report is complete.
    pub fn handle(&mut self, kind: u16, code: u16, value: i32) -> Option<Finger> {
        match (kind, code) {
            (code::ABSOLUTE, code::ACROSS) => {
                self.at.0 = value;
                self.moved = true;
            }
            (code::ABSOLUTE, code::DOWN) => {
                self.at.1 = value;
                self.moved = true;
            }
            (code::KEY, code::LEFT_BUTTON | code::TOUCH) => self.now_pressed = value != 0,
            (code::SYNCHRONIZATION, code::REPORT) => return self.complete(),
            _ => {}
        }
        None
    }

    /// The screen is gone, and with it the finger.
    pub fn unplugged(&mut self) -> Option<Finger> {
        self.now_pressed = false;
        self.complete()
    }

    fn complete(&mut self) -> Option<Finger> {
        let (across, down) = (self.across.share(self.at.0), self.down.share(self.at.1));
        let place = self.turn.on_picture(across, down);
        let before = std::mem::replace(&mut self.pressed, self.now_pressed);
        let moved = std::mem::take(&mut self.moved);
        match (before, self.pressed) {
            (false, true) => Some(Finger::Pressed(place)),
            (true, false) => Some(Finger::Lifted(place)),
            (true, true) if moved => Some(Finger::Moved(place)),
            // A tablet that hovers touches nothing.
            (true, true) | (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: Axis = Axis {
        least: 0,
        most: 1000,
    };

    fn tap(screen: &mut TouchScreen, across: i32, down: i32) -> [Option<Finger>; 2] {
        screen.handle(code::ABSOLUTE, code::ACROSS, across);
        screen.handle(code::ABSOLUTE, code::DOWN, down);
        screen.handle(code::KEY, code::TOUCH, 1);
        let pressed = screen.handle(code::SYNCHRONIZATION, code::REPORT, 0);
        screen.handle(code::KEY, code::TOUCH, 0);
        [
            pressed,
            screen.handle(code::SYNCHRONIZATION, code::REPORT, 0),
        ]
    }

    #[test]
    fn a_finger_comes_down_where_it_is_and_is_lifted() {
        let mut screen = TouchScreen::new(AXIS, AXIS, Turn::Upright);

        let place = Place { x: 0.25, y: 1.0 };
        assert_eq!(
            tap(&mut screen, 250, 5000),
            [Some(Finger::Pressed(place)), Some(Finger::Lifted(place))],
            "beyond the edge is on the edge"
        );
    }

    #[test]
    fn what_hovers_touches_nothing() {
        let mut screen = TouchScreen::new(AXIS, AXIS, Turn::Upright);

        screen.handle(code::ABSOLUTE, code::ACROSS, 10);

        assert_eq!(screen.handle(code::SYNCHRONIZATION, code::REPORT, 0), None);
    }

    #[test]
    fn the_picture_is_touched_where_it_is_seen_however_it_is_turned() {
        // The upper left corner of a picture turned clockwise is the panel's upper right.
        for (turn, across, down) in [
            (Turn::Upright, 0, 0),
            (Turn::Quarter, 1000, 0),
            (Turn::Half, 1000, 1000),
            (Turn::ThreeQuarters, 0, 1000),
        ] {
            let mut screen = TouchScreen::new(AXIS, AXIS, turn);

            let corner = Place { x: 0.0, y: 0.0 };
            let [pressed, _] = tap(&mut screen, across, down);
            assert_eq!(pressed, Some(Finger::Pressed(corner)), "{turn:?}");
        }
    }

    #[test]
    fn a_screen_that_is_unplugged_under_a_finger_lets_go() {
        let mut screen = TouchScreen::new(AXIS, AXIS, Turn::Upright);
        screen.handle(code::KEY, code::TOUCH, 1);
        screen.handle(code::SYNCHRONIZATION, code::REPORT, 0);

        assert!(matches!(screen.unplugged(), Some(Finger::Lifted(_))));
        assert_eq!(screen.unplugged(), None);
    }

    #[test]
    fn an_axis_without_length_is_no_division_by_nothing() {
        let flat = Axis { least: 5, most: 5 };
        let mut screen = TouchScreen::new(flat, AXIS, Turn::Upright);

        let [pressed, _] = tap(&mut screen, 5, 0);

        assert_eq!(pressed, Some(Finger::Pressed(Place { x: 0.0, y: 0.0 })));
    }
}
