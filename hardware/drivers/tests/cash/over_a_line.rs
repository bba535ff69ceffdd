//! The same over a real line: a pseudo-terminal, in real time.

use std::time::Duration;

use bench::{
    cash_box::{CashBox, Mood},
    pty::Plug,
};
use devices::{
    DeviceState,
    cash::{CashEvent, CashOrder},
};
use drivers::{
    cash::CashUnit,
    port::{SerialSettings, start},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::counter::settings;

async fn until(told: &mut UnboundedReceiver<CashEvent>, wanted: impl Fn(&CashEvent) -> bool) {
    let next = async {
        loop {
            if wanted(&told.recv().await.unwrap()) {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), next)
        .await
        .unwrap();
}

fn is_in(state: DeviceState) -> impl Fn(&CashEvent) -> bool {
    move |event| matches!(event, CashEvent::Status(status) if status.state == state)
}

type Orders = UnboundedSender<CashOrder>;

fn station(plug: &Plug<CashBox>) -> (Orders, UnboundedReceiver<CashEvent>) {
    let (tell, told) = unbounded_channel();
    let line = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 9600,
    };
    let orders = start(CashUnit::new(settings()), line, move |event| {
        let _ = tell.send(event);
    });
    (orders, told)
}

#[tokio::test]
async fn a_fee_is_paid_over_a_real_line_that_is_pulled_and_put_back() {
    let plug = Plug::host(CashBox::default()).unwrap();
    let (orders, mut told) = station(&plug);
    until(&mut told, is_in(DeviceState::Ready)).await;

    orders
        .send(CashOrder::Collect { amount_won: 1_200 })
        .unwrap();
    open(&plug).await;
    plug.with(|it| it.insert_coin(500));
    until(&mut told, |it| {
        *it == CashEvent::CoinAccepted { value_won: 500 }
    })
    .await;
    plug.with(|it| it.insert_note(1_000));
    until(&mut told, |it| {
        *it == CashEvent::NoteEscrowed { value_won: 1_000 }
    })
    .await;

    plug.unplug();
    until(&mut told, is_in(DeviceState::Absent)).await;
    orders.send(CashOrder::StackNote).unwrap();
    plug.plug();
    until(&mut told, |it| {
        *it == CashEvent::NoteStacked { value_won: 1_000 }
    })
    .await;

    orders.send(CashOrder::Stop).unwrap();
    orders.send(CashOrder::Pay { amount_won: 300 }).unwrap();
    until(&mut told, |it| *it == CashEvent::Paid { amount_won: 300 }).await;

    let holdings = plug.with(|it| it.holdings());
    assert_eq!(holdings.cash_box_won, 500);
    assert_eq!(holdings.stacker_won, 1_000);
    assert_eq!(holdings.tray_won, 300);
}

#[tokio::test]
async fn a_box_that_stutters_is_understood_and_a_reset_is_told() {
    let plug = Plug::host(CashBox::default()).unwrap();
    plug.with(|it| it.set_mood(Mood::Stuttering));
    let (orders, mut told) = station(&plug);
    until(&mut told, is_in(DeviceState::Ready)).await;

    orders.send(CashOrder::Pay { amount_won: 210 }).unwrap();
    until(&mut told, |it| *it == CashEvent::Paid { amount_won: 210 }).await;
    plug.with(|it| it.set_mood(Mood::Resetting));
    orders.send(CashOrder::Pay { amount_won: 400 }).unwrap();
    until(&mut told, |it| {
        *it == CashEvent::PayUnknown { asked_won: 400 }
    })
    .await;

    assert_eq!(plug.with(|it| it.holdings().tray_won), 210 + 200);
}

/// Waits until both slots take money.
async fn open(plug: &Plug<CashBox>) {
    let opened = async {
        while !plug.with(|it| it.takes_coins() && it.takes_notes()) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), opened)
        .await
        .unwrap();
}
