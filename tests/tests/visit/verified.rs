//! Papers that one visit has printed, held to the scanner in another.

use std::{path::PathBuf, time::Instant};

use bench::barcode_reader::Mood;
use dock::{
    held::{code_of_sheet, code_on},
    prints::draw_receipt,
};
use kiosk::visit::view::{PaperTold, PaperVerdict, Screen, Trouble};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn hold(stand: &Stand, code: &str) {
    let scanner = &stand.bench.barcode_reader;
    scanner.with(|reader| reader.hold(code.as_bytes(), Instant::now()));
}

/// From the welcome to the scanner.
fn ask_for_paper(stand: &mut Stand) {
    stand.wait_for("welcome");
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("서류 진위 확인");
    stand.wait_until(
        "the scanner waits",
        |view| matches!(&view.screen, Screen::HoldPaper(holding) if holding.may_scan),
    );
}

fn told(stand: &mut Stand) -> PaperTold {
    match stand.wait_for("paper-told").screen {
        Screen::PaperTold(told) => told,
        other => panic!("{other:?}"),
    }
}

/// Another paper, asked for from where the last was told of.
fn another(stand: &mut Stand, code: &str) -> PaperTold {
    stand.touch("다른 서류 확인하기");
    stand.wait_for("hold-paper");
    hold(stand, code);
    told(stand)
}

#[test]
fn a_certificate_of_one_visit_is_told_genuine_in_another_and_a_forged_one_is_not() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked);
    stand.until("the exchange knows of it", Stand::outbox_is_empty);
    let (name, pdf) = stand.sheets().pop().unwrap();
    let seal = code_of_sheet(&pdf, &folder("verified")).unwrap();

    ask_for_paper(&mut stand);
    hold(&stand, &seal);
    let genuine = told(&mut stand);
    assert_eq!(genuine.verdict, PaperVerdict::Genuine);
    assert!(name.contains(&genuine.number), "{name}: {}", genuine.number);
    assert_eq!(genuine.kind, "주민등록표 등본");
    let fields = format!("{:?}", genuine.fields);
    assert!(!fields.contains(CITIZEN.name), "{fields}");

    // In every place but the prefix, some letter is another one.
    for place in [4, 60, seal.len() / 2, seal.len() - 2] {
        let mut letters = seal.clone().into_bytes();
        letters[place] = if letters[place] == b'7' { b'8' } else { b'7' };
        let forged = another(&mut stand, &String::from_utf8(letters).unwrap());
        assert!(
            matches!(
                forged.verdict,
                PaperVerdict::Altered | PaperVerdict::Damaged | PaperVerdict::Stranger
            ),
            "{place}: {forged:?}"
        );
    }
    let foreign = another(&mut stand, "https://example.com/한빛");
    assert_eq!(foreign.verdict, PaperVerdict::NoSeal);

    stand.touch("다른 서류 확인하기");
    stand.wait_for("hold-paper");
    let scanner = &stand.bench.barcode_reader;
    scanner.with(|reader| reader.set_mood(Mood::Garbage));
    hold(&stand, &seal);
    stand.wait_until(
        "it could not be read",
        |view| matches!(&view.screen, Screen::HoldPaper(holding) if holding.unreadable),
    );
    let scanner = &stand.bench.barcode_reader;
    scanner.with(|reader| reader.set_mood(Mood::Slow));
    hold(&stand, &seal[..40]);
    assert_eq!(told(&mut stand).verdict, PaperVerdict::Damaged);
    stand.touch("다 읽었어요");
    stand.wait_for("welcome");
}

#[test]
fn with_the_cable_cut_a_kiosk_that_has_started_anew_still_knows_whose_seal_it_is() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked);
    let (number, pdf) = stand.sheets().pop().unwrap();
    let seal = code_of_sheet(&pdf, &folder("verified-alone")).unwrap();
    // It has the list: else its number would be asked for.
    ask_for_paper(&mut stand);

    stand.cable.cut();
    stand.switch_off();
    stand.switch_on();
    stand.wait_until("it is alone", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.contains(&Trouble::ExchangeAway),
        _ => false,
    });
    ask_for_paper(&mut stand);
    hold(&stand, &seal);

    let alone = told(&mut stand);
    assert_eq!(alone.verdict, PaperVerdict::GenuineUnasked);
    assert!(number.contains(&alone.number));
}

#[test]
fn a_number_is_asked_about_where_the_scanner_is_pulled() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    assert_eq!(stand.go_on(), End::Thanked);
    stand.until("the exchange knows of it", Stand::outbox_is_empty);
    ask_for_paper(&mut stand);

    stand.bench.barcode_reader.unplug();
    stand.wait_until(
        "the kiosk has noticed",
        |view| matches!(&view.screen, Screen::HoldPaper(holding) if !holding.may_scan),
    );
    stand.touch("번호로 확인하기");
    stand.wait_for("paper-number");
    let request = stand.request();
    let number = request.paper.documents[0].0.number.to_string();
    let letters: Vec<String> = number.chars().map(String::from).collect();
    stand.touch_all(letters.iter().map(String::as_str).filter(|it| *it != "-"));
    stand.touch("다 입력했어요");

    let counted = told(&mut stand);
    assert_eq!(counted.verdict, PaperVerdict::NumberValid);
    assert_eq!(counted.number, number);
}

/// Hands a job-seeker registration in while the cable is cut; answers what the square code
/// of the slip says.
fn handed_in(stand: &mut Stand) -> String {
    stand.cable.cut();
    stand.wait_until("the kiosk has noticed", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.contains(&Trouble::ExchangeAway),
        _ => false,
    });
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("구직신청");
    stand.wait_for("service");
    stand.touch("접수 시작하기");
    stand.show_card(CITIZEN);
    stand.wait_for("options");
    stand.touch("계속하기");
    stand.wait_for("consent");
    stand.touch("동의해요");
    stand.wait_for("review");
    stand.touch("이대로 신청하기");
    stand.wait_for("accepted");
    stand.touch("접수증 챙겼어요");
    stand.wait_for("take-card");
    stand.pull_card();
    stand.wait_for("farewell");
    stand.touch("처음 화면으로 가기");
    stand.wait_for("welcome");
    let papers = stand
        .bench
        .receipt_printer
        .with(|printer| printer.papers().to_vec());
    let picture = folder("verified-slip").join("slip.png");
    draw_receipt(papers.last().unwrap(), &picture).unwrap();
    code_on(&picture).unwrap()
}

#[test]
fn a_slip_held_to_the_scanner_brings_what_it_promises() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let ticket = handed_in(&mut stand);
    stand.cable.mend();
    stand.wait_until("everything works again", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.is_empty(),
        _ => false,
    });

    let mut collected = false;
    // More tries than the exchange needs to do what was accepted.
    for _ in 0..50 {
        stand.wait_for("welcome");
        stand.touch("시작하기");
        stand.wait_for("find");
        stand.touch("접수증·환불증이 있어요");
        stand.wait_until(
            "the scanner waits",
            |view| matches!(&view.screen, Screen::TicketCode(entry) if entry.scanner),
        );
        hold(&stand, &ticket);
        let told = stand.wait_until("the exchange has answered", |view| {
            matches!(&view.screen, Screen::Ticket(_) | Screen::Failed(_))
        });
        if matches!(told.screen, Screen::Ticket(_)) {
            collected = true;
            break;
        }
        stand.touch("끝내기");
    }
    assert!(collected, "the slip was never honored");
    stand.touch("지금 찾기");
    stand.show_card(CITIZEN);
    stand.wait_for("take-paper");
    assert_eq!(stand.go_on(), End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
}
