//! Writes what is genuine for every parser into the corpus, for what has a signature under keys
//! that are thrown away: `cargo test -p foreign --test genuine -- --ignored`.

#![allow(clippy::unwrap_used)]

#[path = "genuine/camera.rs"]
mod camera;
#[path = "genuine/recorded.rs"]
mod recorded;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use badge::{Badge, Role, Signer};
use bench::{
    cash_box::CashBox, ccnet_bill_validator::CcnetBillValidator as Validator, io_module::IoModule,
    magnetic_stripe_reader::MagneticStripeReader as Stripe,
    motor_card_reader::MotorCardReader as Motor, payment_terminal::PaymentTerminal, people::PEOPLE,
    power_supply::PowerSupply, receipt_printer::ReceiptPrinter as Receipt,
};
use container::Document;
use devices::{
    auxiliaries::AuxiliariesOrder,
    card_reader::CardReaderOrder,
    cash::CashOrder,
    lights::{FlashRate, Light, Lights},
    payment_terminal::{PaymentTerminalOrder, TransactionKey},
    printer::JobId,
    receipt_printer::ReceiptPrinterOrder,
};
use drivers::{
    auxiliaries::{
        modbus::{ModbusModule, ModbusSettings},
        nut::{NutClient, UpsName},
    },
    card_reader::{magnetic_stripe as reader, motor},
    cash::ccnet::{BillValidatorOrder, CcnetBillValidator},
    payment_terminal::{ZvtSettings, ZvtTerminal},
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use edition::{Edition, EditionKey, Files};
use jiff::civil::date;
use p256::{
    SecretKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey},
};
use recorded::{Script, record};
use request::Timestamp;
use seal::{Claims, SoftSealKey};
use sha2::{Digest, Sha256};
use sheet::{Line as SheetLine, Sheet};
use signature::{Details, DevelopmentAuthority, SoftKey, sign_pdf};
use ticket::Issuer;

const AT: Duration = Duration::from_secs(1_795_482_000);
const MILLIS: i64 = 1_795_482_000_000;

fn write(parser: &str, name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(parser);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("genuine-{name}")), bytes).unwrap();
    let read = foreign::parser(parser).unwrap().read;
    assert!(read(bytes), "{parser} does not understand {name}");
}

#[test]
#[ignore = "writes the corpus anew"]
fn devices_that_are_well() {
    let scan = Script(vec![0]).connect().order(1).raw(b"8801234567893\r\n");
    write("barcode-scanner", "line", &scan.0);
    let scan = Script(vec![2]).connect().order(1).raw(b"MW1:ABC").wait(63);
    write("barcode-scanner", "silence", &scan.0);

    let reader = || reader::MagneticStripeReader::new(|| date(2026, 11, 24));
    let stripe = record(
        reader(),
        Stripe::default(),
        20,
        |turn, twin, now| match turn {
            2 => Some((1, CardReaderOrder::Accept)),
            4 => {
                twin.insert(PEOPLE[0], now);
                None
            }
            _ => None,
        },
    );
    write("magnetic-stripe", "card", &stripe);

    let driver = motor::MotorCardReader::new(|| date(2026, 11, 24));
    let drawn_in = record(driver, Motor::default(), 60, |turn, twin, now| match turn {
        10 => Some((1, CardReaderOrder::Accept)),
        25 => {
            twin.insert(PEOPLE[0], now);
            None
        }
        _ => None,
    });
    write("motor-card-reader", "card", &drawn_in);

    let sheet = || Sheet::new([SheetLine::Rule, SheetLine::Code("ABCD".to_owned())]);
    let printer = EscPosThermal::new(Typeface::of_debian().unwrap());
    let receipt = record(printer, Receipt::default(), 60, |turn, _, _| {
        let job = || JobId::new("2611-AAAA");
        let print = || ReceiptPrinterOrder::Print {
            job: job(),
            sheet: sheet(),
        };
        (turn == 10).then(|| (0, print()))
    });
    write("receipt-printer", "receipt", &receipt);

    let mut objects = Vec::new();
    for (tag, value) in [
        (0xc0, &[1][..]),
        (0xc1, b"9001012990014"),
        (0xc2, "한빛나".as_bytes()),
        (0xc3, b"20301125"),
    ] {
        objects.extend([tag, 0x81, u8::try_from(value.len()).unwrap()]);
        objects.extend_from_slice(value);
    }
    let digest = Sha256::digest(&objects);
    objects.extend([0xc4, 32]);
    objects.extend(digest);
    let length = u8::try_from(objects.len()).unwrap();
    write(
        "chip-card",
        "resident",
        &[&[0xe1, 0x81, length][..], &objects].concat(),
    );
}

#[test]
#[ignore = "writes the corpus anew"]
fn a_cabinet_that_is_well() {
    let module = ModbusModule::new(ModbusSettings::default(), Instant::now());
    let opened = record(
        module,
        IoModule::default(),
        40,
        |turn, twin, _| match turn {
            10 => {
                let lights = Lights::default().with(Light::Cash, FlashRate::Quick);
                Some((0, AuxiliariesOrder::Shine(lights)))
            }
            20 => {
                twin.open_cabinet(true);
                None
            }
            _ => None,
        },
    );
    write("auxiliaries", "opened", &opened);

    let client = NutClient::new(UpsName::parse("kiosk").unwrap(), Instant::now());
    let failed = record(client, PowerSupply::default(), 20, |turn, twin, _| {
        if turn == 8 {
            twin.set_status("OB LB", 9);
        }
        None
    });
    write("power-supply", "failed", &failed);
}

#[test]
#[ignore = "writes the corpus anew"]
fn money_that_is_well() {
    let coins = record(
        foreign::cash_unit(),
        CashBox::default(),
        400,
        |turn, twin, _| match turn {
            150 => Some((0, CashOrder::Collect { amount_won: 1_500 })),
            200 => {
                twin.insert_coin(100);
                twin.insert_note(1_000);
                None
            }
            280 => Some((2, CashOrder::StackNote)),
            330 => Some((1, CashOrder::Stop)),
            350 => Some((5, CashOrder::Pay { amount_won: 300 })),
            _ => None,
        },
    );
    write("cash", "coins", &coins);

    let notes = record(
        CcnetBillValidator::default(),
        Validator::default(),
        120,
        |turn, twin, now| match turn {
            30 => Some((0, BillValidatorOrder::Open)),
            50 => {
                twin.insert(10_000, now);
                None
            }
            80 => Some((2, BillValidatorOrder::Stack)),
            110 => Some((1, BillValidatorOrder::Shut)),
            _ => None,
        },
    );
    write("ccnet-validator", "note", &notes);

    let terminal = ZvtTerminal::new(ZvtSettings::default(), Instant::now());
    let paid = record(
        terminal,
        PaymentTerminal::default(),
        60,
        |turn, twin, _| match turn {
            20 => {
                let key = TransactionKey::new("2611-AAAA");
                let amount_won = 400;
                Some((0, PaymentTerminalOrder::Authorise { key, amount_won }))
            }
            30 => {
                twin.hold_card();
                None
            }
            _ => None,
        },
    );
    write("payment-terminal", "paid", &paid);
}

fn key() -> String {
    Issuer::fresh_key().unwrap().to_string()
}

#[test]
#[ignore = "writes the corpus anew"]
fn papers_that_are_genuine() {
    let authority = DevelopmentAuthority::create("Minwon development CA", AT).unwrap();
    let issued = authority.issue("한빛시 발급센터", AT).unwrap();
    let office = SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap();

    let claims = Claims {
        issuer: "한빛시".to_owned(),
        issued_at: MILLIS / 1_000,
        expires_at: MILLIS / 1_000 + 7_776_000,
        service: "resident-register-abstract".to_owned(),
        version: 1,
        document_number: "2026-1125-0000-0001".to_owned(),
        fields: vec![("성명".to_owned(), "한빛나".to_owned())],
    };
    let seal = seal::compose(&claims, &SoftSealKey::from_pem(&key()).unwrap()).unwrap();
    write("seal", "office", seal.as_bytes());
    write("paper", "seal", seal.as_bytes());

    let issuer = Issuer::from_pem("kiosk-1", &key()).unwrap();
    let code = issuer.claim_code("2611-AAAA");
    let ticket = issuer.sign(&code, 0, MILLIS / 1_000).unwrap();
    write("ticket", "claim", ticket.as_bytes());
    write("ticket", "typed", code.to_string().as_bytes());

    let secret = SecretKey::from_pkcs8_pem(&key()).unwrap();
    let signer = Signer::new(secret.to_pkcs8_der().unwrap().as_bytes(), b"certificate").unwrap();
    let badge = Badge {
        agent: request::AgentId::new("agent-1"),
        role: Role::Agent,
        desk: request::StationId::new("desk-1"),
        from: Timestamp::from_millis(MILLIS),
        until: Timestamp::from_millis(MILLIS + 3_600_000),
    };
    write(
        "badge",
        "agent",
        signer.sign(&badge).unwrap().as_str().as_bytes(),
    );

    let mut files = Files::default();
    files
        .add("services/a/service.toml", b"id = \"a\"\n".to_vec())
        .unwrap();
    let edition = Edition {
        number: 7,
        valid_from: Timestamp::from_millis(MILLIS),
        files,
    };
    let signed = edition
        .sign(&EditionKey::from_pem(&key()).unwrap())
        .unwrap();
    write("edition", "small", &signed);

    let page = pdf();
    let details = Details {
        name: "한빛시",
        reason: "발급",
        location: "한빛시",
        at: "D:20261125090000+09'00'",
    };
    write("paper", "pdf", &sign_pdf(&page, &office, &details).unwrap());
    let document = Document::new("certificate.pdf", "application/pdf", page).unwrap();
    let container = container::seal(&[document], &office, AT).unwrap();
    write("container", "one", &container);

    let reply = include_bytes!("../../../shared/signature/tests/frozen/reply.der");
    write("time-stamp", "granted", reply);
}

/// One empty page.
fn pdf() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ];
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = pdf.len();
    pdf.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    pdf.extend(trailer.bytes());
    pdf
}

#[test]
#[ignore = "writes the corpus anew"]
fn lines_that_are_well() {
    let letter = "From: =?utf-8?B?7ZWc67mb64KY?= <bitna@mail.example>\r\n\
        To: minwon@hanbit.example\r\nSubject: street light\r\nMessage-ID: <1@mail.example>\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
        It is dark.\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    write("letter", "petition", letter.as_bytes());

    write(
        "cti-frame",
        "hello",
        b"{\"type\":\"hello\",\"version\":1}\n",
    );
    write(
        "rtp",
        "event",
        &[0x80, 101, 0, 7, 0, 0, 0, 9, 1, 2, 3, 4, 5, 0x8a, 0, 160],
    );
    write("rtp", "report", &[0x80, 201, 0, 1, 1, 2, 3, 4]);
    let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
        m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";
    write("sdp", "offer", sdp.as_bytes());
    let sip = format!(
        "INVITE sip:110@hanbit.example SIP/2.0\r\n\
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n\
        From: <sip:a@192.0.2.1>;tag=1\r\nTo: <sip:110@hanbit.example>\r\nCall-ID: 1@192.0.2.1\r\n\
        CSeq: 1 INVITE\r\nContact: <sip:a@192.0.2.1>\r\nContent-Type: application/sdp\r\n\
        Content-Length: {}\r\n\r\n{sdp}",
        sdp.len()
    );
    write("sip", "invite", sip.as_bytes());
    let mut ipp = vec![2, 0, 0, 0, 0, 0, 0, 1, 4];
    for (name, state) in [("printer-state", 3), ("printer-impressions-completed", 100)] {
        attribute(&mut ipp, 0x21, name, &[0, 0, 0, state]);
    }
    attribute(&mut ipp, 0x44, "printer-state-reasons", b"none");
    attribute(&mut ipp, 0x35, "printer-info", b"\0\x02ko\0\x01A");
    ipp.push(2);
    for (name, state) in [
        ("job-id", 7),
        ("job-state", 9),
        ("job-impressions-completed", 1),
    ] {
        attribute(&mut ipp, 0x21, name, &[0, 0, 0, state]);
    }
    attribute(&mut ipp, 0x42, "job-name", b"2611-AAAA");
    ipp.push(3);
    write("ipp-answer", "printer", &ipp);
}

fn attribute(message: &mut Vec<u8>, tag: u8, name: &str, value: &[u8]) {
    message.push(tag);
    for part in [name.as_bytes(), value] {
        message.extend(u16::try_from(part.len()).unwrap().to_be_bytes());
        message.extend_from_slice(part);
    }
}
