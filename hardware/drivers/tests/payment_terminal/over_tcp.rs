//! The same over a real socket, in real time.

use std::time::Duration;

use bench::payment_terminal::{Mood, PaymentTerminal, Socket};
use devices::{
    DeviceState,
    payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder},
};
use drivers::{
    payment_terminal::{ZvtSettings, ZvtTerminal},
    tcp,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::counter::{key, status};

type Orders = UnboundedSender<PaymentTerminalOrder>;
type Told = UnboundedReceiver<PaymentTerminalEvent>;

fn station(address: String) -> (Orders, Told) {
    let (tell, told) = unbounded_channel();
    let driver = ZvtTerminal::new(ZvtSettings::default(), std::time::Instant::now());
    let orders = tcp::start(driver, address, move |event| {
        let _ = tell.send(event);
    });
    (orders, told)
}

async fn until(told: &mut Told, wanted: impl Fn(&PaymentTerminalEvent) -> bool) {
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

#[tokio::test]
async fn a_fee_is_paid_over_a_socket_that_breaks_with_the_answer() {
    let terminal = Socket::host(PaymentTerminal::default()).unwrap();
    let (orders, mut told) = station(terminal.address());
    until(&mut told, status(DeviceState::Ready)).await;
    terminal.with(|it| it.set_mood(Mood::LosesAnswer));
    terminal.with(PaymentTerminal::hold_card);

    let (key, amount_won) = (key("a"), 1_500);
    orders
        .send(PaymentTerminalOrder::Authorise { key, amount_won })
        .unwrap();
    until(&mut told, |event| {
        matches!(event, PaymentTerminalEvent::Approved { approval, .. }
            if approval.amount_won == 1_500)
    })
    .await;

    assert_eq!(terminal.with(|it| it.taken_won()), 1_500);
}

#[tokio::test]
async fn a_terminal_that_is_switched_on_later_is_found() {
    let address = {
        let terminal = Socket::host(PaymentTerminal::default()).unwrap();
        terminal.address()
    };
    let (_orders, mut told) = station(address.clone());
    let listener = std::net::TcpListener::bind(address);
    drop(listener);

    // Another one on a port of its own: the first is still called, and not there.
    let there = Socket::host(PaymentTerminal::default()).unwrap();
    let (_others, mut theirs) = station(there.address());
    until(&mut theirs, status(DeviceState::Ready)).await;
    assert!(told.try_recv().is_err(), "nobody is there");
}
