//! A foreign ccTalk host certifies the cash box: somebody else's frames, command
//! by command, over a pseudo-terminal. Only a box that this host understands is
//! fit to test our own driver against.

#![allow(clippy::unwrap_used)]

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::fd::AsFd,
    time::{Duration, Instant},
};

use bench::{
    cash_box::{CashBox, Mood},
    pty::Plug,
};
use cc_talk_core::cc_talk::{
    BillEvent, BillEventReason, BillRouteCode, BillRoutingError, BitMask, Category, ChecksumType,
    CoinCredit, CoinEvent, CurrencyToken, Device, FaultCode, HopperFlag, Packet, SorterPath,
    deserializer::deserialize, serializer::serialize,
};
use cc_talk_host::{
    command::Command,
    core::core_commands::{RequestEquipementCategoryIdCommand, SimplePollCommand},
    core_plus::core_plus_commands::RequestSerialNumberCommand,
    device::device_commands::{
        DispenseHopperCoinsCommand, EmergencyStopCommand, EnableHopperCommand,
        ModifyBillOperatingModeCommand, ModifyInhibitStatusCommand,
        ModifyMasterInhibitStatusCommand, PerformSelfCheckCommand, ReadBufferedBillEventsCommand,
        ReadBufferedCreditOrErrorCodeCommand, RequestBillIdCommand,
        RequestBillOperatingModeCommand, RequestCoinIdCommand, RequestHopperCoinCommand,
        RequestHopperDispenseCountCommand, RequestHopperStatusCommand, RequestInhibitStatusCommand,
        RequestpayoutHighLowStatusCommand, RouteBillCommand, TestHopperCommand,
    },
};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

const COINS: u8 = 2;
const NOTES: u8 = 40;
const HUNDREDS: u8 = 4;
const PATIENCE: Duration = Duration::from_secs(30);

/// The foreign host at one end of the line.
struct Host {
    plug: Plug<CashBox>,
    line: File,
}

impl Host {
    fn open() -> Self {
        let plug = Plug::host(CashBox::default()).unwrap();
        let line = OpenOptions::new()
            .read(true)
            .write(true)
            .open(plug.path())
            .unwrap();
        Self { plug, line }
    }

    fn ask<C: Command>(&mut self, address: u8, command: &C) -> C::Response {
        self.try_to_ask(address, command)
            .expect("an answer without a refusal")
    }

    /// Answers nothing when the device refuses.
    fn try_to_ask<C: Command>(&mut self, address: u8, command: &C) -> Option<C::Response> {
        let mut packet = Packet::new(vec![0; 5 + command.data().len()]);
        packet.set_destination(address).unwrap();
        packet.set_source(1).unwrap();
        packet.set_header(command.header()).unwrap();
        packet.set_data(command.data()).unwrap();
        let device = Device::new(address, Category::Unknown, ChecksumType::Crc8);
        serialize(&device, &mut packet).unwrap();
        self.line.write_all(packet.as_slice()).unwrap();

        let echo = self.read(packet.len());
        assert_eq!(echo, packet.as_slice(), "the line echoes");
        let mut answer = self.read(5);
        let data_length = usize::from(answer[1]);
        answer.extend(self.read(data_length));
        let mut answer = Packet::new(answer);
        let source = deserialize(&mut answer, ChecksumType::Crc8).unwrap();
        assert_eq!(source, address);
        assert_eq!(answer.get_destination().unwrap(), 1);
        let header = answer.get_header().unwrap() as u8;
        (header == 0).then(|| command.parse_response(answer.get_data().unwrap()).unwrap())
    }

    fn read(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let mut filled = 0;
        while filled < count {
            let mut wanted = [PollFd::new(self.line.as_fd(), PollFlags::POLLIN)];
            let timeout = PollTimeout::try_from(PATIENCE).unwrap();
            assert_eq!(poll(&mut wanted, timeout).unwrap(), 1, "no answer");
            filled += self.line.read(&mut bytes[filled..]).unwrap();
        }
        bytes
    }

    fn open_slot(&mut self, address: u8) {
        let all = BitMask::<2>::new_filled(16).unwrap();
        self.ask(address, &ModifyInhibitStatusCommand::build(all).unwrap());
        let open = BitMask::<1>::new_filled(1).unwrap();
        self.ask(
            address,
            &ModifyMasterInhibitStatusCommand::build(open).unwrap(),
        );
        let inhibits = self.ask(address, &RequestInhibitStatusCommand::<2>);
        assert_eq!(inhibits, [0xff, 0xff]);
    }

    /// Asks for bill events until one has come.
    fn next_bill_events(&mut self, counter: &mut u8) -> Vec<BillEvent> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let told = self.ask(NOTES, &ReadBufferedBillEventsCommand::new(*counter));
            *counter = told.event_counter;
            if !told.events.is_empty() {
                return told.events.to_vec();
            }
        }
        panic!("no event");
    }
}

fn credit(credit: u8) -> CoinEvent {
    CoinEvent::Credit(CoinCredit {
        credit,
        sorter_path: SorterPath::NotSupported,
    })
}

/// The figure of an identification before any scaling.
fn figure(token: &CurrencyToken) -> Option<(String, u32)> {
    match token {
        CurrencyToken::Currency(value) => {
            let scale = 10u32.pow(u32::from(value.decimals()));
            Some((
                value.country_code().to_owned(),
                value.smallest_unit_value() / scale,
            ))
        }
        CurrencyToken::Token => None,
    }
}

#[test]
fn every_device_answers_a_poll_and_says_what_it_is() {
    let mut host = Host::open();

    for (address, category) in [
        (COINS, Category::CoinAcceptor),
        (NOTES, Category::BillValidator),
        (3, Category::Payout),
        (HUNDREDS, Category::Payout),
        (5, Category::Payout),
        (6, Category::Payout),
    ] {
        host.ask(address, &SimplePollCommand);
        assert_eq!(
            host.ask(address, &RequestEquipementCategoryIdCommand),
            category
        );
        host.ask(address, &RequestSerialNumberCommand);
    }
}

#[test]
fn coins_and_notes_have_korean_identifications() {
    let mut host = Host::open();

    for (place, won) in [(1, 10), (2, 50), (3, 100), (4, 500)] {
        let CurrencyToken::Currency(coin) = host.ask(COINS, &RequestCoinIdCommand::new(place))
        else {
            panic!("a coin");
        };
        assert_eq!(coin.country_code(), "KR");
        assert_eq!(coin.smallest_unit_value(), won);
    }
    for (place, hundreds) in [(1, 10), (2, 50), (3, 100), (4, 500)] {
        let note = host.ask(NOTES, &RequestBillIdCommand::new(place));
        assert_eq!(figure(&note), Some(("KR".to_owned(), hundreds)));
    }
}

#[test]
fn a_coin_is_credited_by_an_event_once_the_slot_is_open() {
    let mut host = Host::open();
    host.plug.with(|it| it.insert_coin(500));
    assert_eq!(
        host.plug.with(|it| it.holdings().tray_won),
        500,
        "shut at first"
    );
    host.open_slot(COINS);
    let before = host.ask(COINS, &ReadBufferedCreditOrErrorCodeCommand::new(0));
    assert!(before.events.iter().all(CoinEvent::is_error));

    host.plug.with(|it| {
        it.insert_coin(500);
        it.insert_coin(10);
    });
    let after = host.ask(
        COINS,
        &ReadBufferedCreditOrErrorCodeCommand::new(before.event_counter),
    );

    assert_eq!(after.event_counter, 3);
    // This host, too, keeps the newest first.
    assert_eq!(after.events, [credit(1), credit(4)]);
    assert_eq!(host.plug.with(|it| it.holdings().cash_box_won), 510);
}

#[test]
fn a_note_waits_in_the_escrow_and_goes_where_it_is_routed() {
    let mut host = Host::open();
    host.ask(NOTES, &ModifyBillOperatingModeCommand::new(true, true));
    assert_eq!(
        host.ask(NOTES, &RequestBillOperatingModeCommand),
        (true, true)
    );
    host.open_slot(NOTES);
    let mut counter = 0;
    let routed = host.ask(NOTES, &RouteBillCommand::new(BillRouteCode::Stack));
    assert_eq!(routed, Some(BillRoutingError::EscrowEmpty));

    for (route, event) in [
        (BillRouteCode::Stack, BillEvent::Credit(3)),
        (
            BillRouteCode::Return,
            BillEvent::Status(BillEventReason::BillReturnedFromEscrow),
        ),
    ] {
        host.plug.with(|it| it.insert_note(10_000));
        let escrowed = host.next_bill_events(&mut counter);
        assert_eq!(escrowed, [BillEvent::PendingCredit(3)]);

        assert_eq!(host.ask(NOTES, &RouteBillCommand::new(route)), None);
        assert_eq!(host.next_bill_events(&mut counter), [event]);
    }

    let holdings = host.plug.with(|it| it.holdings());
    assert_eq!(holdings.stacker_won, 10_000);
    assert_eq!(holdings.mouth_won, 10_000);
}

#[test]
fn a_hopper_pays_what_it_is_ordered_and_counts_it() {
    let mut host = Host::open();
    let coin = host.ask(HUNDREDS, &RequestHopperCoinCommand);
    let CurrencyToken::Currency(coin) = coin else {
        panic!("a coin");
    };
    assert_eq!(coin.smallest_unit_value(), 100);
    assert_eq!(host.ask(HUNDREDS, &RequestHopperDispenseCountCommand), 0);
    let (_, level) = host.ask(HUNDREDS, &RequestpayoutHighLowStatusCommand);
    assert!(level.low_level_supported && level.higher_than_low_level);
    let serial = [HUNDREDS, 0x34, 0x12];
    let order = DispenseHopperCoinsCommand::new_with_data(3, &serial);
    assert_eq!(host.try_to_ask(HUNDREDS, &order), None, "not yet enabled");

    host.ask(HUNDREDS, &EnableHopperCommand::new(true));
    host.ask(HUNDREDS, &order);
    let end = Instant::now() + PATIENCE;
    let last = loop {
        let status = host.ask(HUNDREDS, &RequestHopperStatusCommand);
        assert_eq!(status.event_counter, 2, "the refused order is counted");
        assert!(Instant::now() < end, "never paid");
        if status.coins_remaining == 0 {
            break status;
        }
    };

    assert_eq!((last.paid, last.unpaid), (3, 0));
    assert_eq!(host.ask(HUNDREDS, &RequestHopperDispenseCountCommand), 3);
    assert_eq!(host.plug.with(|it| it.holdings().tray_won), 300);
}

#[test]
fn a_jammed_hopper_says_so_and_an_emergency_stop_counts_what_is_left() {
    let mut host = Host::open();
    host.plug.with(|it| it.set_mood(Mood::HopperJam));
    host.ask(HUNDREDS, &EnableHopperCommand::new(true));
    let serial = [HUNDREDS, 0x34, 0x12];
    let order = DispenseHopperCoinsCommand::new_with_data(2, &serial);
    host.ask(HUNDREDS, &order);
    assert_eq!(host.ask(HUNDREDS, &EmergencyStopCommand), 2);

    host.ask(HUNDREDS, &order);
    let end = Instant::now() + PATIENCE;
    while host
        .ask(HUNDREDS, &RequestHopperStatusCommand)
        .coins_remaining
        > 0
    {
        assert!(Instant::now() < end, "never gave up");
    }

    let flags = host.ask(HUNDREDS, &TestHopperCommand);
    assert!(flags.contains(&HopperFlag::AbsoluteMaximumCurrentExceeded));
    assert!(flags.contains(&HopperFlag::PayoutTimeoutOccurred));
    assert_eq!(host.plug.with(|it| it.holdings().tray_won), 0);
}

#[test]
fn a_coin_that_sticks_is_a_fault_by_the_published_code() {
    let mut host = Host::open();
    assert_eq!(
        host.ask(COINS, &PerformSelfCheckCommand).code,
        FaultCode::Ok
    );
    host.open_slot(COINS);

    host.plug.with(|it| {
        it.set_mood(Mood::CoinJam);
        it.insert_coin(100);
    });

    let fault = host.ask(COINS, &PerformSelfCheckCommand);
    assert_eq!(fault.code, FaultCode::CreditSensorFault);
}
