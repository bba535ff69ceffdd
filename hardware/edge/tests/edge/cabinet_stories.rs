//! Lights beside the slots, contacts in the cabinet, and the power behind them.

use serde_json::json;

use crate::{
    client::{SUCCESS, end},
    station::{Station, wait},
};

const SET: &str = "Lights.SetLight";

#[test]
fn a_light_shines_as_it_is_told_and_the_others_stay_as_they_are() {
    let station = Station::open();
    let mut client = station.client("Lights");
    let lit = |place: usize| station.cabinet.with(|it| it.lamp(place));

    let card = client.ask(
        SET,
        json!({ "cardReader": { "default": { "flashRate": "continuous" } } }),
    );
    wait(|| lit(0));
    let cash = client.ask(
        SET,
        json!({ "billAcceptor": { "default": { "flashRate": "continuous" } } }),
    );
    wait(|| lit(4));
    let both = lit(0) && lit(4);
    let status = client.ask("Common.Status", json!({}));
    let off = client.ask(
        SET,
        json!({ "cardReader": { "default": { "flashRate": "off" } }, "scanner": null }),
    );
    wait(|| !lit(0));

    assert_eq!(
        (end(&card), end(&cash), end(&off)),
        (SUCCESS, SUCCESS, SUCCESS)
    );
    assert!(both && lit(4));
    let lights = &status["payload"]["lights"];
    assert_eq!(lights["cardReader"]["default"]["flashRate"], "continuous");
    assert_eq!(lights["scanner"]["default"]["flashRate"], "off");
}

#[test]
fn a_light_that_there_is_not_is_told_so_and_nothing_shines() {
    let station = Station::open();
    let mut client = station.client("Lights");

    for (payload, wanted) in [
        (
            json!({ "pinPad": { "default": { "flashRate": "slow" } } }),
            ("commandErrorCode", Some("invalidLight")),
        ),
        (
            json!({ "scanner": { "left": { "flashRate": "slow" } } }),
            ("commandErrorCode", Some("invalidLight")),
        ),
        (
            json!({ "scanner": { "default": { "flashRate": "slow", "color": "red" } } }),
            ("commandErrorCode", Some("invalidLight")),
        ),
        (
            json!({ "scanner": { "default": { "flashRate": "fast" } } }),
            ("invalidData", None),
        ),
    ] {
        let refused = client.ask(SET, payload);
        assert_eq!(end(&refused), wanted);
    }
    assert!((0..5).all(|place| !station.cabinet.with(|it| it.lamp(place))));
}

#[test]
fn whoever_opens_the_cabinet_or_plugs_headphones_in_is_told_of() {
    let station = Station::open();
    let mut client = station.client("Auxiliaries");

    client.until("/auxiliaries/cabinetDoor", "closed");
    station.cabinet.with(|it| it.open_cabinet(true));
    client.until("/auxiliaries/cabinetDoor", "open");
    station.cabinet.with(|it| it.plug_headset(true));
    client.until("/auxiliaries/enhancedAudioSensor", "present");
    station.cabinet.with(|it| it.tamper(true));
    client.until("/auxiliaries/tamperSensor", "on");
    let register = client.ask("Auxiliaries.Register", json!({}));

    assert_eq!(end(&register), ("unsupportedCommand", None));
}
