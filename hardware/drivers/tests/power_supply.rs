//! Where the power comes from: the driver before the bench's supply in all its moods, over a
//! real socket, and before NUT's own server, which judges the bench's as well.

#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "the conformance suite spoils it in more ways")]
#[path = "conformance/line.rs"]
mod line;
#[path = "power_supply/nut.rs"]
mod nut;

use std::time::{Duration, Instant};

use bench::{
    power_supply::{Mood, NAME, PowerSupply},
    socket::{Called, Socket},
};
use devices::{
    DeviceState,
    power_supply::{
        Power, PowerSupplyEvent, PowerSupplyFault, PowerSupplyOrder, PowerSupplyStatus, Source,
    },
};
use drivers::{
    auxiliaries::nut::{NutClient, UpsName},
    tcp,
};
use line::{Bench, Device};
use tokio::{sync::mpsc::unbounded_channel, time::timeout};

const SECOND: Duration = Duration::from_secs(1);

impl Device for PowerSupply {
    fn hangs_up(&mut self) -> bool {
        Called::hangs_up(self)
    }

    fn hung_up(&mut self) {
        Called::hung_up(self);
    }
}

fn client() -> NutClient {
    NutClient::new(UpsName::parse(NAME).unwrap(), Instant::now())
}

fn plugged_in(mood: Mood) -> Bench<NutClient, PowerSupply> {
    let mut supply = PowerSupply::default();
    supply.set_mood(mood);
    let mut bench = Bench::connected(client(), supply);
    bench.pass(8 * SECOND);
    bench
}

fn last(bench: &Bench<NutClient, PowerSupply>) -> PowerSupplyStatus {
    let PowerSupplyEvent::Status(status) = bench.told.last().unwrap();
    *status
}

#[test]
fn a_failing_mains_is_told_from_the_first_second_to_the_last() {
    let mut bench = plugged_in(Mood::Well);
    let mains = Power {
        source: Source::Mains,
        battery_low: false,
        replace_battery: false,
        shutting_down: false,
        charge: Some(100),
        runtime_seconds: Some(1_200),
    };
    let well = PowerSupplyStatus {
        state: DeviceState::Ready,
        power: Some(mains),
        fault: None,
    };
    assert_eq!(last(&bench), well);

    for (flags, charge, fault, ending) in [
        ("OB DISCHRG", 80, Some(PowerSupplyFault::OnBattery), false),
        ("OB LB", 9, Some(PowerSupplyFault::BatteryLow), true),
        ("FSD OB LB", 4, Some(PowerSupplyFault::BatteryLow), true),
        ("OL CHRG LB", 5, None, false),
        ("OL RB", 90, Some(PowerSupplyFault::ReplaceBattery), false),
        ("BYPASS", 90, Some(PowerSupplyFault::Unprotected), false),
    ] {
        bench.twin.set_status(flags, charge);
        bench.pass(6 * SECOND);
        let status = last(&bench);
        assert_eq!(
            (status.state, status.fault),
            (DeviceState::Ready, fault),
            "{flags}"
        );
        let power = status.power.unwrap();
        assert_eq!(
            (power.is_ending(), power.charge),
            (ending, Some(charge)),
            "{flags}"
        );
    }
}

#[test]
fn what_the_server_does_not_say_is_not_known_and_has_a_name() {
    for (mood, fault, code) in [
        (Mood::Mute, PowerSupplyFault::Silent, "UPS-02"),
        (Mood::Garbage, PowerSupplyFault::Nonsense, "UPS-03"),
        (Mood::Endless, PowerSupplyFault::Nonsense, "UPS-03"),
        (Mood::Babbling, PowerSupplyFault::Nonsense, "UPS-03"),
        (Mood::Stranger, PowerSupplyFault::Unknown, "UPS-04"),
        (Mood::Closed, PowerSupplyFault::Refused, "UPS-05"),
        (Mood::Stale, PowerSupplyFault::Stale, "UPS-06"),
        (Mood::Breaking, PowerSupplyFault::Offline, "UPS-01"),
    ] {
        let mut bench = plugged_in(mood);
        let status = last(&bench);
        assert_eq!(
            (status.power, status.fault),
            (None, Some(fault)),
            "{mood:?}"
        );
        assert_eq!(fault.code(), code);

        bench.twin.set_mood(Mood::Well);
        bench.mend();
        bench.pass(8 * SECOND);
        assert_eq!(last(&bench).state, DeviceState::Ready, "{mood:?}");
        assert_eq!(last(&bench).fault, None, "{mood:?}");
    }
    let mut bench = plugged_in(Mood::Well);
    bench.twin.set_status("WAIT", 0);
    bench.pass(8 * SECOND);
    assert_eq!(last(&bench).fault, Some(PowerSupplyFault::Nonsense));
}

#[test]
fn the_server_is_asked_now_and_then_and_at_once_when_somebody_wants_to_know() {
    let mut bench = plugged_in(Mood::Slow);
    bench.pass(50 * SECOND);
    assert!((8..16).contains(&bench.twin.questions()));

    bench.twin.set_mood(Mood::Well);
    bench.pass(8 * SECOND);
    let asked = bench.twin.questions();
    bench.order(PowerSupplyOrder::Look);
    assert_eq!(bench.twin.questions(), asked + 1);
}

#[test]
fn a_name_that_would_be_another_question_is_none() {
    let long = "u".repeat(65);
    for name in ["", "ups\nLOGIN x", "a ups", "\"ups\"", "유피에스", &long] {
        assert!(UpsName::parse(name).is_err(), "{name}");
    }
    assert!(UpsName::parse("kiosk-1.ups_a").is_ok());
}

#[tokio::test]
async fn a_supply_is_asked_over_a_real_socket_that_breaks_and_is_opened_again() {
    let supply = Socket::host(PowerSupply::default()).unwrap();
    let (tell, mut told) = unbounded_channel();
    let _orders = tcp::start(client(), supply.address(), move |event| {
        let _ = tell.send(event);
    });
    let mut until = async |fault: Option<PowerSupplyFault>, state: DeviceState| {
        let heard = async {
            loop {
                let PowerSupplyEvent::Status(status) = told.recv().await.unwrap();
                if (status.fault, status.state) == (fault, state) {
                    return;
                }
            }
        };
        timeout(30 * SECOND, heard).await.unwrap();
    };
    until(None, DeviceState::Ready).await;

    supply.with(|it| it.set_mood(Mood::Breaking));
    until(Some(PowerSupplyFault::Offline), DeviceState::Absent).await;
    supply.with(|it| {
        it.set_mood(Mood::Well);
        it.set_status("OB", 70);
    });
    until(Some(PowerSupplyFault::OnBattery), DeviceState::Ready).await;
}
