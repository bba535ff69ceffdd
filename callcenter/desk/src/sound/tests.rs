//! Stories of microphones and loudspeakers.

#![allow(clippy::unwrap_used)]

use super::*;

fn headset() -> Device {
    Device::Named("plughw:CARD=H".to_owned())
}

fn offered() -> OfferedDevices {
    let device = |device, name: &str| OfferedDevice {
        device,
        name: name.to_owned(),
    };
    OfferedDevices {
        microphones: vec![device(Device::Default, ""), device(headset(), "Headset")],
        loudspeakers: vec![device(Device::Default, ""), device(headset(), "Headset")],
    }
}

struct Desk {
    sound: Sound,
    now: Instant,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            sound: Sound::new(Some(SoundSettings::default())),
            now: Instant::now(),
        };
        desk.tell(SoundEvent::Shown(true));
        assert_eq!(desk.commands(), [SoundCommand::Order(SoundOrder::List)]);
        desk.tell(SoundEvent::Told(SoundNews::Offered(offered())));
        desk
    }

    fn tell(&mut self, event: SoundEvent) {
        self.sound.handle(event, self.now);
    }

    fn touch(&mut self, touch: SoundTouch) {
        self.tell(SoundEvent::Touched(touch));
    }

    fn level(&mut self, microphone: i16) {
        let loudspeaker = -30;
        self.tell(SoundEvent::Told(SoundNews::Levels(Levels {
            microphone,
            loudspeaker,
        })));
    }

    fn commands(&mut self) -> Vec<SoundCommand> {
        std::iter::from_fn(|| self.sound.poll_command()).collect()
    }

    fn chosen(&self) -> [Vec<bool>; 2] {
        let view = self.sound.present();
        [view.microphones, view.loudspeakers].map(|it| it.iter().map(|row| row.chosen).collect())
    }
}

#[test]
fn a_device_is_remembered_before_it_is_used_and_only_once() {
    let mut desk = Desk::new();
    for _ in 0..9 {
        desk.touch(SoundTouch::Down);
    }
    desk.touch(SoundTouch::Next);

    let chosen = SoundSettings {
        microphone: Device::Default,
        loudspeaker: headset(),
    };
    let order = SoundCommand::Order(SoundOrder::Choose(chosen.clone()));
    assert_eq!(desk.commands(), [SoundCommand::Remember(chosen), order]);
    assert_eq!(desk.chosen(), [vec![true, false], vec![false, true]]);
    desk.touch(SoundTouch::Next);
    assert_eq!(desk.commands(), []);
}

#[test]
fn a_device_that_vanished_stays_in_the_list_and_is_said_to_be_gone() {
    let mut desk = Desk::new();
    desk.touch(SoundTouch::Select(1));
    desk.touch(SoundTouch::Next);
    desk.commands();

    desk.tell(SoundEvent::Told(SoundNews::Gone(Side::Microphone)));
    let mut left = offered();
    left.microphones.pop();
    desk.tell(SoundEvent::Told(SoundNews::Offered(left)));

    let view = desk.sound.present();
    let last = view.microphones.last().unwrap();
    assert!(last.chosen && last.gone, "{view:?}");
    assert!(desk.sound.trouble().microphone_gone);
    desk.tell(SoundEvent::Told(SoundNews::Back(Side::Microphone)));
    assert_eq!(desk.sound.trouble(), SoundTrouble::default());
}

#[test]
fn whom_nobody_can_hear_is_told_so_and_who_only_listens_is_not() {
    let mut desk = Desk::new();
    desk.tell(SoundEvent::Speaks(true));
    let start = desk.now;
    for (seconds, level, silent) in [
        (0, -127, false),
        (4, -127, false),
        (5, -127, true),
        (6, -70, false),
        (30, -70, false),
        (31, -127, false),
        (40, -91, true),
    ] {
        desk.now = start + Duration::from_secs(seconds);
        desk.level(level);
        assert_eq!(
            desk.sound.trouble().silent,
            silent,
            "{seconds} s, {level} dB"
        );
    }
    desk.tell(SoundEvent::Speaks(false));
    assert_eq!(desk.sound.trouble(), SoundTrouble::default());
    assert_eq!(desk.sound.levels_of_call(), None);
}

#[test]
fn a_test_ends_with_its_time_with_the_pane_and_with_its_key_and_never_begins_in_a_call() {
    let mut desk = Desk::new();
    desk.touch(SoundTouch::Test);
    assert_eq!(
        desk.commands(),
        [SoundCommand::Order(SoundOrder::BeginTest)]
    );
    assert!(desk.sound.present().testing);
    desk.touch(SoundTouch::Test);
    assert_eq!(desk.commands(), [SoundCommand::Order(SoundOrder::EndTest)]);
    desk.tell(SoundEvent::Told(SoundNews::TestEnded));
    assert!(!desk.sound.present().testing);

    desk.touch(SoundTouch::Test);
    desk.commands();
    desk.tell(SoundEvent::Shown(false));
    assert_eq!(desk.commands(), [SoundCommand::Order(SoundOrder::EndTest)]);
    desk.tell(SoundEvent::Told(SoundNews::TestEnded));

    desk.tell(SoundEvent::Speaks(true));
    desk.touch(SoundTouch::Test);
    assert_eq!(desk.commands(), []);
}

#[test]
fn a_desk_without_a_telephone_of_its_own_has_nothing_to_choose() {
    let mut sound = Sound::new(None);

    sound.handle(SoundEvent::Shown(true), Instant::now());
    sound.handle(SoundEvent::Touched(SoundTouch::Test), Instant::now());

    assert!(sound.poll_command().is_none());
    assert!(!sound.present().own);
}
