//! A moment of every screen, made by hand: one view per notable state.

#[path = "basket.rs"]
mod basket;
#[path = "checks.rs"]
mod checks;
#[path = "ending.rs"]
mod ending;
#[path = "finding.rs"]
mod finding;
#[path = "helping.rs"]
mod helping;
#[path = "nearby.rs"]
mod nearby;
#[path = "papers.rs"]
mod papers;
#[path = "questions.rs"]
mod questions;
#[path = "resting.rs"]
mod resting;
#[path = "reviewing.rs"]
mod reviewing;
#[path = "tickets.rs"]
mod tickets;
#[path = "words.rs"]
mod words;

use checks::number;
use ending::{cards, failures, payments, work};
use finding::finding;
use kiosk::visit::{
    Language,
    view::{
        Accessibility, Basket, CardRefusal, Choice, Farewell, Help, InsertCard, NumberRefusal,
        OptionGroup, Options, Progress, Screen, ServiceSheet, ServiceTile, Trouble, View,
    },
};
use questions::questions;
use resting::resting;
use reviewing::{consent, review};
use tickets::tickets;
pub(crate) use words::Words;

/// Every screen in its notable states, named for pictures and complaints.
pub(crate) fn gallery(language: Language) -> Vec<(String, View)> {
    let words = Words(language);
    let mut gallery = Vec::new();
    let mut hang = |state: &str, screen: Screen| {
        let name = format!("{}{state}", screen.name());
        gallery.push((name, view(words, screen)));
    };
    resting(words, &mut hang);
    finding(words, &mut hang);
    hang("", Screen::Service(sheet(words, None)));
    let troubled = sheet(words, Some(Trouble::CardReader));
    hang("-unavailable", Screen::Service(troubled));
    hang(
        "-closed",
        Screen::Service(ServiceSheet {
            closed: words.say(
                "설날 연휴라 2월 19일(목) 오전 9시부터 할 수 있어요.",
                "Because of the Lunar New Year holidays, it is open from Thursday, February 19 at 09:00.",
            ),
            ..sheet(words, Some(Trouble::OutsideHours))
        }),
    );
    tickets(words, &mut hang);
    papers::papers(words, &mut hang);
    hang("", Screen::InsertCard(InsertCard::Waiting));
    hang("-reading", Screen::InsertCard(InsertCard::Reading));
    for (state, refusal) in [
        ("-unknown", CardRefusal::Unknown),
        ("-unreadable", CardRefusal::Unreadable),
        ("-damaged", CardRefusal::Damaged),
        ("-pulled", CardRefusal::PulledTooSoon),
    ] {
        hang(state, Screen::InsertCard(InsertCard::Refused(refusal)));
    }
    hang("", Screen::ResidentNumber(number("900101-1●●", 9, None)));
    hang(
        "-wrong",
        Screen::ResidentNumber(number("", 0, Some(NumberRefusal::NotTheCards))),
    );
    hang(
        "-no-date",
        Screen::ResidentNumber(number("", 0, Some(NumberRefusal::NotANumber))),
    );
    questions(words, &mut hang);
    hang("", Screen::Options(options(words)));
    hang(
        "-none",
        Screen::Options(Options {
            groups: Vec::new(),
            ..options(words)
        }),
    );
    hang("", Screen::Consent(consent(words)));
    hang("", Screen::Review(review(words)));
    payments(&mut hang);
    cards(&mut hang);
    work(&mut hang);
    ending::papers(&mut hang);
    hang("", Screen::Receipt);
    hang("", Screen::TakeCard);
    hang(
        "",
        Screen::Farewell(Farewell {
            receipt_printed: true,
            card_taken: true,
        }),
    );
    hang(
        "-card-left",
        Screen::Farewell(Farewell {
            receipt_printed: false,
            card_taken: false,
        }),
    );
    failures(&mut hang);
    let baskets = basket::moments(words, &gallery);
    gallery.extend(baskets);
    nearby::nearby(words, &mut gallery);
    overlays(words, &mut gallery);
    gallery
}

pub(crate) fn view(words: Words, screen: Screen) -> View {
    let begun = !matches!(
        screen,
        Screen::Welcome(_)
            | Screen::Find(_)
            | Screen::Topic(_)
            | Screen::Search(_)
            | Screen::Holdings(_)
            | Screen::Holding(_)
            | Screen::BoardTopics(_)
            | Screen::BoardPage(_)
            | Screen::BoardWriting(_)
            | Screen::BoardPosted(_)
            | Screen::HoldPaper(_)
            | Screen::PaperNumber(_)
            | Screen::PaperTold(_)
            | Screen::OutOfService(_)
            | Screen::Farewell(_)
    );
    let way = !matches!(
        screen,
        Screen::Service(_) | Screen::Failed(_) | Screen::Receipt | Screen::TakeCard
    );
    View {
        language: words.0,
        title: begun.then(|| words.say("주민등록표 등본", "Resident register, household")),
        progress: (begun && way).then_some(Progress { at: 2, of: 6 }),
        leaving_in: None,
        accessibility: Accessibility::default(),
        office: words.say("한빛시 가온구청", "Gaon-gu office, Hanbit-si"),
        telephone: "02-0000-0120".to_owned(),
        helping: false,
        choosing_language: false,
        help: Help::default(),
        check_offered: false,
        basket: Basket::default(),
        nearby: None,
        screen,
    }
}

fn overlays(words: Words, gallery: &mut Vec<(String, View)>) {
    let under = || view(words, Screen::Options(options(words)));
    gallery.push((
        "idle".to_owned(),
        View {
            leaving_in: Some(17),
            ..under()
        },
    ));
    gallery.push((
        "idle-last".to_owned(),
        View {
            leaving_in: Some(1),
            ..under()
        },
    ));
    gallery.push((
        "languages".to_owned(),
        View {
            choosing_language: true,
            ..view(words, Screen::Service(sheet(words, None)))
        },
    ));
    gallery.push((
        "help".to_owned(),
        View {
            helping: true,
            ..under()
        },
    ));
    gallery.extend(helping::moments(words));
    gallery.extend(checks::moments(words));
}

pub(crate) fn tiles(words: Words, unavailable: Option<Trouble>) -> Vec<ServiceTile> {
    let tile =
        |service: &str, title: String, summary: String, fee: String, unavailable| ServiceTile {
            service: service.to_owned(),
            title,
            summary,
            fee,
            unavailable,
            opens_at: String::new(),
            queues: false,
            records_at: String::new(),
        };
    vec![
        tile(
            "resident-register-household",
            words.say("주민등록표 등본", "Resident register, household"),
            words.say(
                "우리 집에 함께 사는 사람과 주소를 증명해요",
                "Proves who lives in your household and where",
            ),
            words.won("200"),
            None,
        ),
        tile(
            "land-ledger",
            words.say("토지대장", "Land ledger"),
            words.say(
                "땅의 넓이와 쓰임, 소유자를 확인해요",
                "Shows the area, use and owner of a parcel",
            ),
            format!("{}–{}", words.won("300"), words.won("500")),
            None,
        ),
        tile(
            "family-relations",
            words.say("가족관계증명서", "Family relations certificate"),
            words.say(
                "부모, 배우자, 자녀와의 관계를 증명해요",
                "Proves your relation to parents, spouse and children",
            ),
            words.won("500"),
            unavailable,
        ),
        tile(
            "job-seeking",
            words.say("구직신청", "Job-seeker registration"),
            words.say(
                "일자리를 찾는 사람으로 등록해요",
                "Registers you as looking for work",
            ),
            words.in_all(["무료", "Free", "免费", "Miễn phí", "無料", "مجاناً"]),
            None,
        ),
    ]
}

pub(crate) fn sheet(words: Words, unavailable: Option<Trouble>) -> ServiceSheet {
    ServiceSheet {
        summary: words.say(
            "우리 집에 함께 사는 사람과 주소를 증명해요",
            "Proves who lives in your household and where",
        ),
        fee: words.won("200"),
        fee_basis: words.say(
            "한빛시 제증명 등 수수료 징수 조례 제3조",
            "Hanbit-si ordinance on certificate fees, article 3",
        ),
        hours: words.say("매일 00:00–24:00", "every day 00:00–24:00"),
        agency: words.say(
            "행정안전부 주민과",
            "Ministry of the Interior and Safety, resident division",
        ),
        needs_card: true,
        unavailable,
        closed: String::new(),
        queues: false,
        records_at: String::new(),
        last_contact: "09:12".to_owned(),
    }
}

pub(crate) fn groups(words: Words) -> Vec<OptionGroup> {
    let choice = |id: &str, label: String, explanation: String, chosen| Choice {
        id: id.to_owned(),
        label,
        explanation,
        chosen,
    };
    vec![
        OptionGroup {
            option: "kind".to_owned(),
            label: words.say("증명서 종류", "Kind of certificate"),
            choices: vec![
                choice(
                    "general",
                    words.say("일반", "General"),
                    words.say(
                        "지금의 배우자와 자녀가 나와요",
                        "Present spouse and children",
                    ),
                    true,
                ),
                choice(
                    "detailed",
                    words.say("상세", "Detailed"),
                    words.say("모든 자녀가 나와요", "All children"),
                    false,
                ),
                choice(
                    "specific",
                    words.say("특정", "Specific"),
                    words.say(
                        "부모와의 관계만 나와요",
                        "Only the relation to your parents",
                    ),
                    false,
                ),
            ],
        },
        OptionGroup {
            option: "numbers".to_owned(),
            label: words.say("주민등록번호 뒷자리", "Last digits of resident numbers"),
            choices: vec![
                choice(
                    "masked",
                    words.say("가리기", "Hide"),
                    words.say("900101-1******처럼 나와요", "Shown as 900101-1******"),
                    true,
                ),
                choice(
                    "full",
                    words.say("모두 보이기", "Show"),
                    words.say(
                        "제출할 곳이 요구할 때만 고르세요",
                        "Only if the recipient asks for it",
                    ),
                    false,
                ),
            ],
        },
    ]
}

pub(crate) fn options(words: Words) -> Options {
    Options {
        recipients: Vec::new(),
        groups: groups(words),
        copies: 1,
        copies_max: 5,
        fee: words.won("500"),
    }
}
