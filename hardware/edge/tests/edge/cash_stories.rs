//! Money that goes in and comes out again.

use serde_json::json;

use crate::{
    client::{Client, SUCCESS, end},
    station::{Station, wait},
};

const START: &str = "CashAcceptor.CashInStart";
const TAKE: &str = "CashAcceptor.CashIn";
const END: &str = "CashAcceptor.CashInEnd";
const BACK: &str = "CashAcceptor.CashInRollback";
const STATUS: &str = "CashAcceptor.GetCashInStatus";

/// Takes one thing that is put in once the slots are open.
fn take(client: &mut Client, station: &Station, won: u32) -> serde_json::Value {
    let id = client.begin(TAKE, json!({}));
    client.event("CashAcceptor.InsertItemsEvent");
    let is_note = won >= 1_000;
    wait(|| {
        station.cash.with(|it| {
            if is_note {
                it.takes_notes()
            } else {
                it.takes_coins()
            }
        })
    });
    station.cash.with(|it| {
        if is_note {
            it.insert_note(won);
        } else {
            it.insert_coin(won);
        }
    });
    client.completed(id)
}

#[test]
fn a_cash_in_that_ends_is_in_the_boxes() {
    let station = Station::open();
    let mut client = station.client("CashAcceptor");
    let before = station.cash.with(|it| it.holdings());

    let start = client.ask(START, json!({ "totalItemsLimit": 0 }));
    let coin = take(&mut client, &station, 500);
    let note = take(&mut client, &station, 10_000);
    let full = client.ask(TAKE, json!({}));
    let during = client.ask(STATUS, json!({}));
    let ended = client.ask(END, json!({}));
    let after = client.ask(STATUS, json!({}));

    assert_eq!(end(&start), SUCCESS);
    assert_eq!(
        coin["payload"]["items"],
        json!({ "type500KRW": { "fit": 1 } })
    );
    assert_eq!(
        note["payload"]["items"],
        json!({ "type10000KRW": { "fit": 1 } })
    );
    assert_eq!(end(&full), ("commandErrorCode", Some("tooManyItems")));
    assert_eq!(during["payload"]["status"], "active");
    assert_eq!(end(&ended), SUCCESS);
    assert_eq!(
        ended["payload"]["storage"],
        json!({
            "unitCOINS": { "deposited": { "type500KRW": { "fit": 1 } } },
            "unitNOTES": { "deposited": { "type10000KRW": { "fit": 1 } } },
        })
    );
    assert_eq!(after["payload"]["status"], "ok");
    let holdings = station.cash.with(|it| it.holdings());
    assert_eq!(holdings.stacker_won, before.stacker_won + 10_000);
    assert_eq!(holdings.cash_box_won, before.cash_box_won + 500);
    assert_eq!(holdings.escrow_won, 0);
}

#[test]
fn what_is_rolled_back_comes_out_again_the_note_itself_and_as_much_in_coins() {
    let station = Station::open();
    let mut client = station.client("CashAcceptor");
    let before = station.cash.with(|it| it.holdings());

    client.ask(START, json!({}));
    take(&mut client, &station, 100);
    take(&mut client, &station, 5_000);
    let back = client.ask(BACK, json!({}));
    let after = client.ask(STATUS, json!({}));

    assert_eq!(end(&back), SUCCESS);
    assert_eq!(after["payload"]["status"], "rollback");
    let holdings = station.cash.with(|it| it.holdings());
    assert_eq!(holdings.mouth_won, before.mouth_won + 5_000);
    assert_eq!(holdings.tray_won, before.tray_won + 100);
    assert_eq!((holdings.escrow_won, holdings.stacker_won), (0, 0));
    assert_eq!(holdings.total_won(), before.total_won() + 5_100);
}

#[test]
fn commands_out_of_their_order_are_told_so_and_move_nothing() {
    let station = Station::open();
    let mut client = station.client("CashAcceptor");

    let ends = [TAKE, END, BACK].map(|name| client.ask(name, json!({})));
    client.ask(START, json!({}));
    let twice = client.ask(START, json!({}));
    let empty = client.ask(END, json!({}));
    let limited = client.ask(
        START,
        json!({ "amountLimit": [{ "currency": "KRW", "value": 5000 }] }),
    );
    let elsewhere = client.ask(START, json!({ "inputPosition": "inLeft" }));

    for it in &ends {
        assert_eq!(end(it), ("commandErrorCode", Some("noCashInActive")));
    }
    assert_eq!(end(&twice), ("commandErrorCode", Some("cashInActive")));
    assert_eq!(end(&empty), ("commandErrorCode", Some("noItems")));
    assert_eq!(end(&limited), ("unsupportedData", None));
    assert_eq!(
        end(&elsewhere),
        ("commandErrorCode", Some("unsupportedPosition"))
    );
}

#[test]
fn slots_that_nobody_uses_are_shut_when_the_time_is_over_or_it_is_cancelled() {
    let station = Station::open();
    let mut client = station.client("CashAcceptor");
    client.ask(START, json!({}));

    let id = client.send(TAKE, json!({}), Some(300));
    client.taken(id);
    client.event("CashAcceptor.InsertItemsEvent");
    let late = client.completed(id);
    let open_after_late = station.cash.with(|it| it.takes_coins() || it.takes_notes());
    let id = client.begin(TAKE, json!({}));
    client.event("CashAcceptor.InsertItemsEvent");
    let cancel = client.begin("Common.Cancel", json!({ "requestIds": [id] }));
    let cancelled = client.completed(cancel);
    let ended = client.completed(id);

    assert_eq!(end(&late), ("timeOut", None));
    assert!(!open_after_late);
    assert_eq!(end(&cancelled), SUCCESS);
    assert_eq!(end(&ended), ("canceled", None));
    assert!(!station.cash.with(|it| it.takes_coins() || it.takes_notes()));
}
