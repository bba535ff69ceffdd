//! The `zvt` library as a cash register: it has to understand the bench's terminal
//! before our driver is tried on it.

use bench::payment_terminal::{PaymentTerminal, Socket, TERMINAL};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;
use zvt::{
    Tag, ZVTResult, ZvtCommand, ZvtSerializerImpl, encoding, length, packets,
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
    use zvt::{ZvtParser, ZvtSerializer};

    let mut pinned = std::pin::pin!(&mut *line);
    let bytes = zvt::sequences::read_packet_async(&mut pinned)
        .await
        .unwrap();
    line.write_all(&packets::Ack {}.zvt_serialize())
        .await
        .unwrap();
    AuthorizationResponse::zvt_parse(&bytes).unwrap()
}
