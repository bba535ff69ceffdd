//! A cabinet's lights and contacts: the driver before the bench's module in all its moods, a
//! real line, and pymodbus, which somebody else wrote.

#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "the conformance suite spoils it in more ways")]
#[path = "conformance/line.rs"]
mod line;
#[path = "auxiliaries/pymodbus.rs"]
mod pymodbus;

use std::time::{Duration, Instant};

use bench::{
    io_module::{IoModule, Mood, Turned},
    pty::Plug,
};
use devices::{
    DeviceState,
    auxiliaries::{
        AuxiliariesEvent, AuxiliariesFault, AuxiliariesOrder, AuxiliariesStatus, OperatorSwitch,
        Sensors,
    },
    lights::{FlashRate, Light, Lights},
};
use drivers::{
    auxiliaries::modbus::{ModbusModule, ModbusSettings},
    port::{SerialSettings, start},
};
use line::{Bench, Device};

const SECOND: Duration = Duration::from_secs(1);

impl Device for IoModule {}

type Cabinet = Bench<ModbusModule, IoModule>;

fn cabinet() -> Cabinet {
    let driver = ModbusModule::new(ModbusSettings::default(), Instant::now());
    let mut cabinet = Bench::connected(driver, IoModule::default());
    cabinet.pass(SECOND);
    cabinet
}

fn status(state: DeviceState, fault: Option<AuxiliariesFault>) -> AuxiliariesEvent {
    AuxiliariesEvent::Status(AuxiliariesStatus { state, fault })
}

fn ready() -> AuxiliariesEvent {
    status(DeviceState::Ready, None)
}

fn faulted(fault: AuxiliariesFault) -> AuxiliariesEvent {
    status(DeviceState::Faulted, Some(fault))
}

/// What is told from now on, for so long.
fn told(cabinet: &mut Cabinet, time: Duration) -> Vec<AuxiliariesEvent> {
    let before = cabinet.told.len();
    cabinet.pass(time);
    cabinet.told[before..].to_vec()
}

#[test]
fn a_module_is_found_and_says_first_how_everything_stands() {
    let cabinet = cabinet();

    assert_eq!(
        cabinet.told,
        [
            status(DeviceState::Starting, None),
            AuxiliariesEvent::Sensed(Sensors::default()),
            ready(),
        ]
    );
}

/// What somebody does to the cabinet, and what is sensed then.
type Story = (fn(&mut IoModule), Sensors);

#[test]
fn every_contact_is_told_once_by_its_name() {
    let mut cabinet = cabinet();
    let shut = Sensors::default();
    let stories: [Story; 7] = [
        (
            |it| it.open_cabinet(true),
            Sensors {
                cabinet_open: true,
                ..shut
            },
        ),
        (|it| it.open_cabinet(false), shut),
        (
            |it| it.tamper(true),
            Sensors {
                tampered: true,
                ..shut
            },
        ),
        (
            |it| {
                it.tamper(false);
                it.plug_headset(true);
            },
            Sensors {
                headset: true,
                ..shut
            },
        ),
        (
            |it| {
                it.plug_headset(false);
                it.turn(Turned::Maintenance);
            },
            Sensors {
                switch: OperatorSwitch::Maintenance,
                ..shut
            },
        ),
        (
            |it| it.turn(Turned::Supervisor),
            Sensors {
                switch: OperatorSwitch::Supervisor,
                ..shut
            },
        ),
        (|it| it.turn(Turned::Run), shut),
    ];
    for (happens, sensed) in stories {
        happens(&mut cabinet.twin);
        let expected = [AuxiliariesEvent::Sensed(sensed)];
        assert_eq!(told(&mut cabinet, SECOND), expected);
    }
}

#[test]
fn a_switch_that_says_two_things_at_once_is_a_fault_and_orders_nothing() {
    let mut cabinet = cabinet();
    cabinet.twin.turn(Turned::Both);

    let switch = Some(AuxiliariesFault::Switch);
    let broken = status(DeviceState::Ready, switch);
    assert_eq!(told(&mut cabinet, SECOND), [broken]);
    assert_eq!(AuxiliariesFault::Switch.code(), "AUX-04");

    cabinet.twin.turn(Turned::Run);
    assert_eq!(told(&mut cabinet, SECOND), [ready()]);
}

#[test]
fn a_contact_that_bounces_is_believed_when_it_rests() {
    let mut cabinet = cabinet();
    cabinet.twin.set_mood(Mood::Chattering);
    assert_eq!(told(&mut cabinet, 2 * SECOND), []);

    let unsteady = status(DeviceState::Ready, Some(AuxiliariesFault::Unsteady));
    assert_eq!(told(&mut cabinet, 2 * SECOND), [unsteady]);

    cabinet.twin.set_mood(Mood::Well);
    assert_eq!(told(&mut cabinet, SECOND), [ready()]);
}

#[test]
fn lights_flash_as_they_are_told_and_go_out() {
    let mut cabinet = cabinet();
    let lights = Lights::default()
        .with(Light::CardReader, FlashRate::Slow)
        .with(Light::ReceiptPrinter, FlashRate::Medium)
        .with(Light::DocumentPrinter, FlashRate::Quick)
        .with(Light::Scanner, FlashRate::Continuous);
    cabinet.order(AuxiliariesOrder::Shine(lights));
    cabinet.pass(10 * SECOND - Duration::from_millis(100));

    let times = [0, 1, 2, 3, 4].map(|place| cabinet.twin.times_lit(place));
    assert_eq!(times, [5, 10, 20, 1, 0]);

    cabinet.order(AuxiliariesOrder::Shine(Lights::default()));
    cabinet.pass(SECOND);
    assert!((0..5).all(|place| !cabinet.twin.lamp(place)));
}

#[test]
fn a_module_that_was_off_for_a_moment_is_told_of_its_lights_again() {
    let mut cabinet = cabinet();
    let lights = Lights::default().with(Light::Cash, FlashRate::Continuous);
    cabinet.order(AuxiliariesOrder::Shine(lights));
    cabinet.pass(SECOND);
    assert!(cabinet.twin.lamp(4));

    cabinet.twin.restart();
    cabinet.pass(6 * SECOND);

    assert!(cabinet.twin.lamp(4));
}

#[test]
fn what_is_no_answer_to_the_question_is_not_believed_and_named_after_three_times() {
    for (mood, fault, code) in [
        (Mood::Dead, AuxiliariesFault::Silent, "AUX-02"),
        (Mood::Late, AuxiliariesFault::Silent, "AUX-02"),
        (Mood::Damaged, AuxiliariesFault::Nonsense, "AUX-03"),
        (Mood::Stranger, AuxiliariesFault::Nonsense, "AUX-03"),
        (Mood::Astray, AuxiliariesFault::Nonsense, "AUX-03"),
        (Mood::Refusing(2), AuxiliariesFault::Refused(2), "AUX-9002"),
    ] {
        let mut cabinet = cabinet();
        cabinet.twin.set_mood(mood);
        cabinet.twin.open_cabinet(true);

        assert_eq!(
            told(&mut cabinet, 10 * SECOND),
            [faulted(fault)],
            "{mood:?}"
        );
        assert_eq!(fault.code(), code);

        cabinet.twin.set_mood(Mood::Well);
        let open = Sensors {
            cabinet_open: true,
            ..Sensors::default()
        };
        let recovered = told(&mut cabinet, 4 * SECOND);
        assert_eq!(
            recovered,
            [ready(), AuxiliariesEvent::Sensed(open)],
            "{mood:?}"
        );
    }
}

#[test]
fn a_module_that_is_slow_or_hears_itself_serves() {
    for mood in [Mood::Slow, Mood::Echoing] {
        let mut cabinet = cabinet();
        cabinet.twin.set_mood(mood);
        cabinet.twin.plug_headset(true);
        let lights = Lights::default().with(Light::Scanner, FlashRate::Continuous);
        cabinet.order(AuxiliariesOrder::Shine(lights));

        let headset = Sensors {
            headset: true,
            ..Sensors::default()
        };
        let sensed = [AuxiliariesEvent::Sensed(headset)];
        assert_eq!(told(&mut cabinet, 3 * SECOND), sensed, "{mood:?}");
        assert!(cabinet.twin.lamp(3), "{mood:?}");
    }
}

#[tokio::test]
async fn a_door_is_seen_over_a_real_line_which_may_be_pulled_and_put_back() {
    let plug = Plug::host(IoModule::default()).unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let settings = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 19_200,
    };
    let driver = ModbusModule::new(ModbusSettings::default(), Instant::now());
    let orders = start(driver, settings, move |event| {
        let _ = tell.send(event);
    });
    let mut next = async || {
        tokio::time::timeout(Duration::from_secs(20), told.recv())
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(next().await, status(DeviceState::Starting, None));
    let shut = Sensors::default();
    assert_eq!(next().await, AuxiliariesEvent::Sensed(shut));
    assert_eq!(next().await, ready());

    plug.unplug();
    let offline = status(DeviceState::Absent, Some(AuxiliariesFault::Offline));
    assert_eq!(next().await, offline);
    plug.with(|module| module.open_cabinet(true));
    let lights = Lights::default().with(Light::CardReader, FlashRate::Continuous);
    orders.send(AuxiliariesOrder::Shine(lights)).unwrap();
    plug.plug();
    assert_eq!(next().await, status(DeviceState::Starting, None));
    let open = Sensors {
        cabinet_open: true,
        ..shut
    };
    assert_eq!(next().await, AuxiliariesEvent::Sensed(open));
    assert_eq!(next().await, ready());
    assert!(plug.with(|module| module.lamp(0)));
}
