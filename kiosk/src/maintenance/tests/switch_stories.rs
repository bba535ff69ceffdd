//! The operator switch in the cabinet, and what the page says of lights, contacts and power.

use std::time::Duration;

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesFault, AuxiliariesStatus, OperatorSwitch, Sensors},
    power_supply::{Power, PowerSupplyFault, PowerSupplyStatus, Source},
};

use super::super::{
    Event,
    fittings::Told,
    task::Task,
    view::{Mark, Page, Row},
};
use super::shop::{CARD, CITIZENS, PIN, Shop};

fn turn(shop: &mut Shop, switch: OperatorSwitch) {
    shop.happens(Event::Told(Told::Sensed(Sensors {
        switch,
        ..Sensors::default()
    })));
}

#[test]
fn a_turned_switch_asks_for_card_and_pin_and_opens_nothing_by_itself() {
    for switch in [OperatorSwitch::Maintenance, OperatorSwitch::Supervisor] {
        let mut shop = Shop::open();
        turn(&mut shop, switch);
        assert_eq!(shop.page(), Some(Page::Called));
        assert!(
            shop.prompt().contains("카드를 넣으세요"),
            "{}",
            shop.prompt()
        );

        shop.insert(CITIZENS);
        assert_eq!(shop.page(), Some(Page::Called), "no technician's");
        shop.pull();
        shop.insert(CARD);
        assert_eq!(shop.page(), Some(Page::Gate));
        shop.type_pin("000001");
        assert_eq!(shop.page(), Some(Page::Gate));
        shop.type_pin(PIN);
        assert!(matches!(shop.page(), Some(Page::Inside(_))));

        shop.touch(Task::Leave);
        assert!(!shop.maintenance.is_open(), "it was turned once");
    }
}

#[test]
fn a_switch_that_is_turned_during_a_visit_waits_for_its_end() {
    let mut shop = Shop::open();
    shop.happens(Event::AtRest(false));
    turn(&mut shop, OperatorSwitch::Maintenance);
    assert!(!shop.maintenance.is_open());

    shop.happens(Event::AtRest(true));
    assert_eq!(shop.page(), Some(Page::Called));

    shop.happens(Event::AtRest(false));
    assert!(!shop.maintenance.is_open() && shop.view.is_none());
}

#[test]
fn the_call_ends_when_the_switch_is_turned_back_or_nobody_comes() {
    let mut shop = Shop::open();
    turn(&mut shop, OperatorSwitch::Maintenance);
    turn(&mut shop, OperatorSwitch::Run);
    assert!(!shop.maintenance.is_open() && shop.view.is_none());

    turn(&mut shop, OperatorSwitch::Maintenance);
    shop.pass(Duration::from_secs(41));
    assert!(!shop.maintenance.is_open() && shop.view.is_none());

    turn(&mut shop, OperatorSwitch::Run);
    turn(&mut shop, OperatorSwitch::Maintenance);
    shop.touch(Task::Leave);
    assert!(!shop.maintenance.is_open());

    shop.happens(Event::AtRest(false));
    turn(&mut shop, OperatorSwitch::Run);
    turn(&mut shop, OperatorSwitch::Maintenance);
    turn(&mut shop, OperatorSwitch::Run);
    shop.happens(Event::AtRest(true));
    assert!(!shop.maintenance.is_open(), "it was turned back meanwhile");
}

fn row(shop: &Shop, name: &str) -> Row {
    let rows = &shop.upkeep().unwrap().rows;
    rows.iter().find(|it| it.name == name).unwrap().clone()
}

#[test]
fn lights_and_sensors_have_a_row_with_their_state_their_fault_and_what_to_do() {
    let mut shop = Shop::open();
    shop.enter();
    let cabinet = |shop: &Shop| row(shop, "조명과 감지기");
    assert_eq!(cabinet(&shop).value, "DEV-01");

    let status = |state, fault| Event::Told(Told::Auxiliaries(AuxiliariesStatus { state, fault }));
    let silent = Some(AuxiliariesFault::Silent);
    shop.happens(status(DeviceState::Faulted, silent));
    let row = cabinet(&shop);
    assert_eq!((row.value.as_str(), row.mark), ("AUX-02", Mark::Bad));
    assert!(row.note.contains("모듈의 전원과 주소"), "{}", row.note);

    shop.happens(status(DeviceState::Ready, None));
    assert_eq!(cabinet(&shop).mark, Mark::Good);
    let shut = Sensors::default();
    let open = Sensors {
        cabinet_open: true,
        ..shut
    };
    let shaken = Sensors {
        tampered: true,
        ..shut
    };
    for (sensors, value, mark) in [
        (open, "문 열림", Mark::Warning),
        (shaken, "충격 감지됨", Mark::Bad),
        (shut, "정상", Mark::Good),
    ] {
        shop.happens(Event::Told(Told::Sensed(sensors)));
        let row = cabinet(&shop);
        assert_eq!((row.value.as_str(), row.mark), (value, mark));
    }
}

#[test]
fn the_power_supply_has_a_row_with_its_source_its_fault_and_what_to_do() {
    let mut shop = Shop::open();
    shop.enter();
    let mains = Power {
        source: Source::Mains,
        battery_low: false,
        replace_battery: false,
        shutting_down: false,
        charge: Some(97),
        runtime_seconds: None,
    };
    let status = |power: Option<Power>, fault| {
        Event::Told(Told::PowerSupply(PowerSupplyStatus {
            state: DeviceState::Ready,
            power,
            fault,
        }))
    };
    shop.happens(status(Some(mains), None));
    let supply = |shop: &Shop| row(shop, "무정전 전원");
    let well = supply(&shop);
    assert_eq!(
        (well.value.as_str(), well.mark),
        ("상시 전원 · 97%", Mark::Good)
    );

    let battery = Power {
        source: Source::Battery,
        ..mains
    };
    shop.happens(status(Some(battery), Some(PowerSupplyFault::OnBattery)));
    let row = supply(&shop);
    assert_eq!((row.value.as_str(), row.mark), ("UPS-07", Mark::Bad));
    assert!(row.note.contains("차단기와 벽 콘센트"), "{}", row.note);
}
