//! The `zvt` library as a cash register and as a reader: it has to understand the
//! bench's terminal before our driver is tried on it, and what our driver says.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use bench::payment_terminal::{PaymentTerminal, Socket, TERMINAL};
use devices::payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder, TransactionKey};
use drivers::{
    Driver, Input, Output,
    payment_terminal::{ZvtSettings, ZvtTerminal},
};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;
use zvt::{
    Tag, ZVTResult, ZvtCommand, ZvtSerializer, ZvtSerializerImpl, encoding, length, packets,
    sequences::{AuthorizationResponse, Registration, RegistrationResponse, Sequence},
};

/// 06 01, which the library lacks: it has the fields of a reservation.
#[derive(Debug)]
struct Authorisation(packets::Reservation);

impl ZvtCommand for Authorisation {
    const CLASS: u8 = 0x06;
    const INSTR: u8 = 0x01;
}

impl encoding::Encoding<Authorisation> for encoding::Default {
    fn encode(input: &Authorisation) -> Vec<u8> {
        <encoding::Default as encoding::Encoding<packets::Reservation>>::encode(&input.0)
    }

    fn decode(bytes: &[u8]) -> ZVTResult<(Authorisation, &[u8])> {
        let (reservation, rest) =
            <encoding::Default as encoding::Encoding<packets::Reservation>>::decode(bytes)?;
        Ok((Authorisation(reservation), rest))
    }
}

impl<L: length::Length, T: encoding::Encoding<Tag>> ZvtSerializerImpl<L, encoding::Default, T>
    for Authorisation
{
}

struct Authorising;

impl Sequence for Authorising {
    type Input = Authorisation;
    type Output = AuthorizationResponse;
}

#[tokio::test]
async fn a_stranger_registers_at_the_benchs_terminal_and_is_paid_there() {
    let terminal = Socket::host(PaymentTerminal::default()).unwrap();
    let mut line = TcpStream::connect(terminal.address()).await.unwrap();

    let registration = packets::Registration {
        password: 0,
        config_byte: 0xbe,
        currency: Some(410),
        tlv: None,
    };
    let mut said = Registration::into_stream(&registration, &mut line);
    let RegistrationResponse::CompletionData(completed) = said.next().await.unwrap().unwrap();
    drop(said);
    assert_eq!(completed.terminal_id, Some(TERMINAL as usize));
    assert_eq!(completed.currency, Some(410));

    terminal.with(PaymentTerminal::hold_card);
    let order = Authorisation(packets::Reservation {
        amount: Some(1_500),
        currency: Some(410),
        ..packets::Reservation::default()
    });
    let mut told = None;
    // The library's own way ends with the first packet: the others are read after it.
    let mut said = Authorising::into_stream(&order, &mut line);
    let first = said.next().await.unwrap().unwrap();
    drop(said);
    assert!(matches!(
        first,
        AuthorizationResponse::IntermediateStatusInformation(_)
    ));
    loop {
        let packet = read(&mut line).await;
        match packet {
            AuthorizationResponse::StatusInformation(information) => told = Some(information),
            AuthorizationResponse::IntermediateStatusInformation(_) => {}
            AuthorizationResponse::CompletionData(_) => break,
            other => panic!("{other:?}"),
        }
    }

    let (told, book) = (told.unwrap(), terminal.with(|it| it.books()[0]));
    assert_eq!(told.result_code, Some(0));
    assert_eq!(told.amount, Some(1_500));
    assert_eq!(told.currency, Some(410));
    assert_eq!(told.trace_number, Some(book.trace as usize));
    assert_eq!(told.receipt_no, Some(book.receipt as usize));
    assert_eq!(told.terminal_id, Some(TERMINAL as usize));
}

/// The next packet, as the library reads and acknowledges it.
async fn read(line: &mut TcpStream) -> AuthorizationResponse {
    use tokio::io::AsyncWriteExt;
    use zvt::ZvtParser;

    let mut pinned = std::pin::pin!(&mut *line);
    let bytes = zvt::sequences::read_packet_async(&mut pinned)
        .await
        .unwrap();
    line.write_all(&packets::Ack {}.zvt_serialize())
        .await
        .unwrap();
    AuthorizationResponse::zvt_parse(&bytes).unwrap()
}

/// Our driver at a terminal that answers its first words.
fn registered(currency: u16) -> (ZvtTerminal, Vec<Vec<u8>>) {
    let now = Instant::now();
    let settings = ZvtSettings {
        password: 123_456,
        currency,
    };
    let mut driver = ZvtTerminal::new(settings, now);
    driver.handle(Input::Connected, now);
    for reply in [
        &[0x80, 0, 0][..],
        &[0x06, 0x0f, 0],
        &[0x80, 0, 0],
        &[0x06, 0x1e, 1, 0x83],
    ] {
        driver.handle(Input::Wire(reply.to_vec()), now);
    }
    let said = said(&mut driver);
    (driver, said)
}

fn said(driver: &mut ZvtTerminal) -> Vec<Vec<u8>> {
    let outputs = std::iter::from_fn(|| driver.poll_output());
    let wire = outputs.filter_map(|output| match output {
        Output::Wire(bytes) => Some(bytes),
        Output::Tell(_) | Output::HangUp => None,
    });
    wire.filter(|it| *it != [0x80, 0x00, 0x00]).collect()
}

/// The same data as another command, for a library that lacks ours.
fn as_command(said: &[u8], skip: usize, control: [u8; 2]) -> Vec<u8> {
    let data = &said[3 + skip..];
    [&control[..], &[data.len() as u8], data].concat()
}

#[test]
fn a_stranger_understands_what_our_driver_says() {
    let (mut driver, first) = registered(978);
    let [registration, newest] = first.as_slice() else {
        panic!("{first:?}");
    };
    let registration = packets::Registration::zvt_deserialize(registration)
        .unwrap()
        .0;
    assert_eq!(registration.password, 123_456);
    assert_eq!(registration.currency, Some(978));
    assert_eq!(newest[..2], [0x06, 0x20]);
    let enquiry = as_command(newest, 0, [0x05, 0x01]);
    let enquiry = packets::StatusEnquiry::zvt_deserialize(&enquiry).unwrap().0;
    assert_eq!(
        (enquiry.password, enquiry.service_byte),
        (Some(123_456), Some(3))
    );

    let (key, amount_won) = (TransactionKey::new("a"), 1_500);
    let order = PaymentTerminalOrder::Authorise { key, amount_won };
    driver.handle(Input::Order(order), Instant::now());
    let paid = said(&mut driver).pop().unwrap();
    let paid = as_command(&paid, 0, [0x06, 0x22]);
    let expected = packets::Reservation {
        amount: Some(1_500),
        currency: Some(978),
        ..packets::Reservation::default()
    };
    assert_eq!(
        packets::Reservation::zvt_deserialize(&paid).unwrap().0,
        expected
    );

    let (mut driver, _) = registered(978);
    let order = PaymentTerminalOrder::Reverse {
        key: TransactionKey::new("b"),
        receipt: 231,
        approved_won: 1_500,
        amount_won: 1_500,
    };
    driver.handle(Input::Order(order), Instant::now());
    let back = said(&mut driver).pop().unwrap();
    let back = as_command(&back, 3, [0x06, 0x23]);
    let expected = packets::PartialReversal {
        receipt_no: Some(231),
        amount: Some(1_500),
        currency: Some(978),
        ..packets::PartialReversal::default()
    };
    assert_eq!(
        packets::PartialReversal::zvt_deserialize(&back).unwrap().0,
        expected
    );
}

#[test]
fn what_a_stranger_writes_our_driver_reads() {
    for (amount, trace, receipt) in [(1_500, 975, 231), (400, 1, 1), (999_999, 999_999, 9_999)] {
        let (mut driver, _) = registered(410);
        let key = TransactionKey::new("a");
        let order = PaymentTerminalOrder::Authorise {
            key,
            amount_won: amount,
        };
        driver.handle(Input::Order(order), Instant::now());
        let information = packets::StatusInformation {
            result_code: Some(0),
            amount: Some(amount as usize),
            trace_number: Some(trace),
            receipt_no: Some(receipt),
            terminal_id: Some(52_523_535),
            card_name: Some("MasterCard".to_owned()),
            ..packets::StatusInformation::default()
        };
        let completion = packets::CompletionData::default().zvt_serialize();
        for said in [vec![0x80, 0, 0], information.zvt_serialize(), completion] {
            driver.handle(Input::Wire(said), Instant::now());
        }
        let told = std::iter::from_fn(|| driver.poll_output()).find_map(|output| match output {
            Output::Tell(PaymentTerminalEvent::Approved { approval, .. }) => Some(approval),
            _ => None,
        });
        let approval = told.unwrap();
        assert_eq!(approval.trace as usize, trace);
        assert_eq!(approval.receipt as usize, receipt);
        assert_eq!(approval.terminal, "52523535");
    }
}
