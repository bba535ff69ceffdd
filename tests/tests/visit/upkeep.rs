//! A technician in front of the whole kiosk: card, PIN, what works, and the way out.

use bench::people::{PEOPLE, Person};
use kiosk::{
    maintenance::{
        test::Test,
        tongue::Tongue,
        view::{Mark, Page, Upkeep},
    },
    visit::{Language, View, view::Screen},
};
use privacy::Personal;
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, Stop},
};

const TECHNICIAN: Person = PEOPLE[3];
const PIN: &str = "271828";

fn looked_after() -> Stand {
    let secret = |it: &str| Personal::new(it.to_owned());
    let card = secret(TECHNICIAN.resident_number);
    let lines = kiosk::technician_entry("tech-1", &card, &secret(PIN)).unwrap();
    Stand::furnished(TUESDAY_10_00, |_| format!("\n{lines}"))
}

fn upkeep(view: &View) -> Option<&Upkeep> {
    match &view.screen {
        Screen::Upkeep(upkeep) => Some(upkeep),
        _ => None,
    }
}

fn enter(stand: &mut Stand) {
    stand.insert_card(TECHNICIAN);
    stand.wait_for("upkeep");
    stand.type_digits(PIN);
    stand.touch("들어가기");
    stand.wait_until("the technician is inside", |view| {
        upkeep(view).is_some_and(|it| it.page != Page::Gate)
    });
}

#[test]
fn a_technician_sees_that_all_is_well_and_the_next_citizen_is_welcomed() {
    let mut stand = looked_after();

    enter(&mut stand);

    let view = stand.wait_until("everything works", |view| {
        upkeep(view).is_some_and(|it| {
            let known = it.rows.iter().filter(|row| row.mark == Mark::Good);
            known.count() >= 12
        })
    });
    let upkeep = upkeep(&view).unwrap();
    assert_eq!(upkeep.technician, "tech-1");
    let bad = upkeep.rows.iter().filter(|it| it.mark == Mark::Bad);
    assert_eq!(bad.count(), 0, "{:?}", upkeep.rows);
    stand.touch("정비 끝내기");
    stand.wait_for("welcome");
    stand.pull_card();
    stand.walk_to(Stop::Service);
    stand.go_on();
    stand.assert_agreement(200);
}

#[test]
fn a_fault_is_told_with_its_code_and_what_to_do_while_somebody_looks() {
    let mut stand = looked_after();
    enter(&mut stand);

    stand
        .bench
        .receipt_printer
        .with(|it| it.set_mood(bench::receipt_printer::Mood::CoverOpen));

    let view = stand.wait_until("the cover is told", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.value == "PTR-03"));
        row.is_some_and(|it| it.note.contains("덮개를 닫으세요"))
    });
    assert!(upkeep(&view).unwrap().tabs[0].mark == Mark::Bad);
    stand.touch("English");
    stand.wait_until("it is told in English", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.value == "PTR-03"));
        row.is_some_and(|it| it.note.contains("Close the cover"))
    });
}

fn try_out(stand: &mut Stand, test: Test) {
    let name = test.name(Tongue::Korean);
    stand.touch(&format!("시험하기: {name}"));
}

fn prompt(view: &View) -> String {
    let prompt = upkeep(view).and_then(|it| it.prompt.as_ref());
    prompt.map_or_else(String::new, |it| format!("{} {}", it.words, it.more))
}

fn until_told(stand: &mut Stand, words: &str) {
    stand.wait_until(words, |view| prompt(view).contains(words));
}

#[test]
fn devices_are_tried_through_their_drivers_and_nobody_loses_money() {
    let mut stand = looked_after();
    enter(&mut stand);
    stand.touch("시험");
    let before = stand.bench.cash.with(|it| it.holdings());

    try_out(&mut stand, Test::ReceiptPrinter);
    until_told(&mut stand, "영수증이 반듯하게");
    stand.touch("네, 좋아요");
    until_told(&mut stand, "통과");
    stand.touch("닫기");
    let slips = stand.bench.receipt_printer.with(|it| it.papers().to_vec());
    assert_eq!(slips.len(), 1);
    picture("test-receipt.png", |file| slips[0].write_png(file));

    try_out(&mut stand, Test::DocumentPrinter);
    until_told(&mut stand, "A4 용지가 반듯하게");
    stand.touch("아니요");
    until_told(&mut stand, "TST-02");
    stand.touch("닫기");
    let sheets = stand.sheets();
    assert_eq!(sheets.len(), 1);
    picture("test-page.pdf", |mut file| {
        std::io::Write::write_all(&mut file, &sheets[0].1)
    });

    try_out(&mut stand, Test::Coin);
    until_told(&mut stand, "동전을 하나");
    until_slots_open(&stand);
    stand.bench.cash.with(|it| it.insert_coin(500));
    until_told(&mut stand, "통과");
    stand.touch("닫기");

    try_out(&mut stand, Test::Note);
    until_told(&mut stand, "지폐를 한 장");
    until_slots_open(&stand);
    stand.bench.cash.with(|it| it.insert_note(1_000));
    until_told(&mut stand, "통과");
    stand.touch("닫기");

    let after = stand.bench.cash.with(|it| it.holdings());
    assert_eq!(after.stacker_won, before.stacker_won);
    assert_eq!(after.cash_box_won, before.cash_box_won + 500);
    assert_eq!(after.tray_won, before.tray_won + 500, "the coin came back");
    assert_eq!(after.mouth_won, before.mouth_won + 1_000, "and the note");
    assert!(stand.journal().is_empty(), "no citizen was here");
}

fn until_slots_open(stand: &Stand) {
    stand.until("the slots are open", |stand| {
        let open = |it: &mut bench::cash_box::CashBox| it.takes_coins() && it.takes_notes();
        stand.bench.cash.with(open)
    });
}

/// Where somebody wants to look at it.
fn picture(name: &str, write: impl FnOnce(std::fs::File) -> std::io::Result<()>) {
    if let Some(folder) = std::env::var_os("MINWON_PICTURES") {
        let file = std::path::PathBuf::from(folder).join(name);
        write(std::fs::File::create(file).unwrap()).unwrap();
    }
}

#[test]
fn the_cash_up_sheet_says_what_the_journal_says_and_what_lies_in_the_boxes() {
    let mut stand = looked_after();
    stand.walk_to(Stop::Service);
    stand.go_on();
    let request = stand.assert_agreement(200);
    enter(&mut stand);
    stand.touch("현금");
    let taken = request.money.taken_won;
    let due = sheet::won(taken);
    stand.wait_until("the money is counted", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.name == "마감하기"));
        row.is_some_and(|it| it.value == due)
    });
    let held = stand.bench.cash.with(|it| it.holdings());
    assert_eq!(held.cash_box_won + held.stacker_won, taken);
    let slips = stand.bench.receipt_printer.with(|it| it.papers().len());

    stand.touch("마감: 마감하기");
    stand.touch("비웠어요");
    until_told(&mut stand, "마감표가 나왔어요");

    let papers = stand.bench.receipt_printer.with(|it| it.papers().to_vec());
    assert_eq!(papers.len(), slips + 1);
    picture("cash-up.png", |file| papers[slips].write_png(file));
    stand.wait_until("the boxes count from nought", |view| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.name == "마감하기"));
        row.is_some_and(|it| it.value == "0원")
    });
}

#[test]
fn a_filled_hopper_pays_from_what_is_in_it_also_after_the_next_start() {
    let mut stand = looked_after();
    enter(&mut stand);
    stand.touch("현금");
    let change = |view: &View| {
        let rows = upkeep(view).map(|it| it.rows.clone()).unwrap_or_default();
        let row = rows.into_iter().find(|it| it.name == "거스름돈 통");
        row.map(|it| it.value).unwrap_or_default()
    };
    stand.wait_until("change is known", |view| change(view) == "43,000원");
    stand.touch("채움: 500원 통 (3번)");
    stand.type_digits("10");
    stand.touch("적기");
    until_told(&mut stand, "10개");
    stand.touch("닫기");
    // Thirty thousand less, and five thousand more.
    stand.wait_until("it is counted anew", |view| change(view) == "18,000원");

    stand.switch_off();
    stand.switch_on();
    stand.until_everything_works();
    stand.pull_card();
    enter(&mut stand);
    stand.touch("현금");
    stand.wait_until("the same change is there", |view| {
        change(view) == "18,000원"
    });
}

#[test]
fn a_report_bears_the_kiosks_signature_and_a_bundle_knows_no_citizen() {
    let mut stand = looked_after();
    stand.walk_to(Stop::Service);
    stand.go_on();
    stand.assert_agreement(200);
    enter(&mut stand);
    stand.touch("보고");

    for made in ["준비 상태 보고서", "지원 묶음"] {
        stand.touch(&format!("만들기: {made}"));
        until_told(&mut stand, "저장했어요");
        stand.touch("닫기");
    }

    let files = stand.reports();
    let of_kind = |ending: &str| -> Vec<_> {
        let it = files
            .iter()
            .filter(|it| it.to_string_lossy().ends_with(ending));
        it.cloned().collect()
    };
    assert_eq!((of_kind(".json").len(), of_kind(".pdf").len()), (2, 1));
    for content in of_kind(".json").into_iter().chain(of_kind(".pdf")) {
        assert!(is_signed(&stand, &content), "{}", content.display());
        let mut forged = std::fs::read(&content).unwrap();
        forged.push(b' ');
        std::fs::write(&content, forged).unwrap();
        assert!(!is_signed(&stand, &content), "{}", content.display());
    }
    for file in of_kind(".json") {
        let text = std::fs::read_to_string(file).unwrap();
        for word in [
            CITIZEN.name,
            CITIZEN.resident_number,
            PIN,
            TECHNICIAN.resident_number,
        ] {
            assert!(!text.contains(word), "{word} is in {text}");
        }
        assert!(text.contains("tech-1") && text.contains("gaon-1"));
    }
    for pdf in of_kind(".pdf") {
        picture("readiness.pdf", |mut file| {
            std::io::Write::write_all(&mut file, &std::fs::read(&pdf)?)
        });
    }
}

/// OpenSSL is the judge, by the authority that enrolled the kiosk.
fn is_signed(stand: &Stand, content: &std::path::Path) -> bool {
    let mut signature = content.as_os_str().to_owned();
    signature.push(".p7s");
    let judged = std::process::Command::new("openssl")
        .args([
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-purpose",
            "any",
            "-no_check_time",
        ])
        .arg("-CAfile")
        .arg(stand.office.credentials().join("authority.pem"))
        .arg("-in")
        .arg(signature)
        .arg("-content")
        .arg(content)
        .args(["-out", "/dev/null"])
        .output()
        .expect("openssl is installed by the set-up");
    judged.status.success()
}

#[test]
fn the_program_is_started_anew_when_the_technician_says_so() {
    let mut stand = looked_after();
    enter(&mut stand);
    stand.touch("보고");
    stand.touch("다시 시작: 다시 시작");
    stand.touch("다시 시작하기");

    stand.until_it_ends();

    stand.switch_off();
    stand.switch_on();
    stand.pull_card();
    stand.until_everything_works();
}

#[test]
fn whoever_comes_is_greeted_as_the_technician_has_set_it_also_after_the_next_start() {
    let mut stand = looked_after();
    enter(&mut stand);
    let clock = |view: &View| {
        let row = upkeep(view).and_then(|it| it.rows.iter().find(|it| it.name == "시각"));
        row.is_some_and(|it| it.mark == Mark::Good)
    };
    stand.touch("확인하기: 기관 전산망");
    stand.wait_until("the exchange's clock is known", clock);
    stand.touch("설정");
    stand.touch("바꾸기: 처음 언어");
    stand.touch("다음 언어");
    until_told(&mut stand, "English");
    stand.touch("닫기");
    stand.touch("정비 끝내기");
    let in_english = |view: &View| {
        matches!(view.screen, Screen::Welcome(_)) && view.language == Language::English
    };
    stand.wait_until("the welcome is in English", in_english);
    stand.pull_card();

    stand.switch_off();
    stand.switch_on();
    stand.wait_until("so it is after the next start", in_english);
}
