//! Several certificates at once: beside the services, at the last look, and at the end.

use kiosk::visit::view::{
    Basket, BasketItem, BasketSheet, BasketStage, FailureReason, MoneyOutcome, Screen, View,
};

use super::{Words, view};

fn items(words: Words) -> Vec<BasketItem> {
    let copies = |copies: &str, fee: &str| {
        let label = words.in_all(["부수", "Copies", "份数", "Số bản", "部数", "عدد النسخ"]);
        format!("{label} {copies} · {}", words.won(fee))
    };
    let item = |title: String, detail: String, price: String| BasketItem {
        title,
        detail,
        price,
        failure: None,
        numbers: Vec::new(),
    };
    vec![
        item(
            words.say("주민등록표 등본", "Resident register, household"),
            words.say("가리기 · 빼기", "Hide · Leave out"),
            copies(&words.say("2부", "2"), "400"),
        ),
        item(
            words.say("토지대장", "Land ledger"),
            words.say(
                "한빛시 가온구 새나래동 · 12-3",
                "Saenarae-dong, Gaon-gu, Hanbit-si · 12-3",
            ),
            copies(&words.say("1부", "1"), "300"),
        ),
        item(
            words.say("가족관계증명서", "Family relations certificate"),
            words.say("상세 · 모두 보이기", "Detailed · Show"),
            copies(&words.say("1부", "1"), "500"),
        ),
    ]
}

/// What fails and what comes out, one by one.
fn ended(words: Words, failures: [Option<FailureReason>; 3], printed: bool) -> Vec<BasketItem> {
    let items = items(words).into_iter().zip(failures);
    let ended = items
        .enumerate()
        .map(|(index, (item, failure))| BasketItem {
            failure,
            numbers: match (printed, failure) {
                (true, None) => vec![format!("1126-0000-0000-000{index}")],
                _ => Vec::new(),
            },
            ..item
        });
    ended.collect()
}

/// `gallery` has the screens that stand around a basket, without one.
pub(super) fn moments(words: Words, gallery: &[(String, View)]) -> Vec<(String, View)> {
    let sum = |amount: &str| Basket {
        sum: words.won(amount),
        ..Basket::default()
    };
    let lying = || Basket {
        count: 3,
        ..sum("1,200")
    };
    let another = || Basket {
        may_add: true,
        ..Basket::default()
    };
    let second = Basket {
        under_way: Some((2, 3)),
        ..Basket::default()
    };
    let beside = [
        ("find", "find-basket", lying()),
        ("topic", "topic-basket", lying()),
        ("search", "search-basket", lying()),
        ("review", "review-another", another()),
        ("working", "working-second", second),
    ];
    let beside = beside.into_iter().map(|(screen, name, basket)| {
        let (_, alone) = gallery.iter().find(|(state, _)| state == screen).unwrap();
        let view = View {
            basket,
            ..alone.clone()
        };
        (name.to_owned(), view)
    });
    beside.chain(sheets(words, sum, another())).collect()
}

fn sheets(
    words: Words,
    sum: impl Fn(&str) -> Basket,
    another: Basket,
) -> impl Iterator<Item = (String, View)> {
    let failed = |which: [Option<FailureReason>; 3], printed| ended(words, which, printed);
    let charged = MoneyOutcome::Charged {
        amount_won: 400,
        returned_won: 800,
    };
    let with_room = Basket {
        may_add: another.may_add,
        ..sum("1,200")
    };
    let declined = [None, Some(FailureReason::NoSuchRecord), None];
    let broken = [
        None,
        Some(FailureReason::PaperUnknown),
        Some(FailureReason::PrinterJammed),
    ];
    let down = [Some(FailureReason::NetworkDown); 3];
    let not_asked = MoneyOutcome::NotAsked;
    let sheets = [
        (
            "",
            BasketStage::Review,
            with_room,
            items(words),
            not_asked.clone(),
        ),
        (
            "-full",
            BasketStage::Review,
            sum("1,200"),
            items(words),
            not_asked.clone(),
        ),
        (
            "-rest",
            BasketStage::Rest,
            sum("900"),
            failed(declined, false),
            not_asked.clone(),
        ),
        (
            "-none",
            BasketStage::None,
            sum("0"),
            failed(down, false),
            not_asked,
        ),
        (
            "-outcome",
            BasketStage::Outcome,
            sum("0"),
            failed(broken, true),
            charged,
        ),
    ];
    sheets
        .into_iter()
        .map(move |(state, stage, basket, items, money)| {
            let screen = Screen::Basket(BasketSheet {
                stage,
                items,
                money,
            });
            let view = View {
                basket,
                title: None,
                ..view(words, screen)
            };
            (format!("basket{state}"), view)
        })
}
