//! Services as one finds them: the first look around, a topic, the search; and what else
//! is found there.

#[path = "board.rs"]
mod board;
#[path = "locating.rs"]
mod locating;

use kiosk::visit::view::{
    Around, CounterTile, Keyboard, KeyboardLayout, Screen, Search, ServiceTile, Shelf, TopicTile,
    Trouble,
};

use super::{Words, tiles};

pub(crate) fn finding(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let mut closed = tiles(words, Some(Trouble::OutsideHours));
    for tile in closed.iter_mut().filter(|it| it.unavailable.is_some()) {
        tile.opens_at = words.say("내일 09:00", "tomorrow at 09:00");
    }
    hang("", Screen::Find(around(words, tiles(words, None))));
    hang("-closed", Screen::Find(around(words, closed.clone())));
    let shelf = |services, counters| {
        Screen::Topic(Shelf {
            title: words.say("주민등록·출입국", "Residents and travel"),
            summary: words.say(
                "등본, 초본, 전입세대, 출입국 사실",
                "Resident register, households, entry and exit",
            ),
            services,
            counters,
        })
    };
    hang("", shelf(closed, vec![seal_certificate(words)]));
    let many = tiles(words, None).into_iter().cycle().take(9).enumerate();
    let many = many.map(|(number, tile)| ServiceTile {
        title: format!("{} {}", tile.title, number + 1),
        ..tile
    });
    hang("-long", shelf(many.collect(), Vec::new()));
    searches(words, hang);
    locating::locating(words, hang);
    board::board(words, hang);
}

fn searches(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let keyboard = Keyboard {
        layout: KeyboardLayout::Hangul,
        shifted: false,
        row_of_digits: false,
    };
    let empty = Search {
        text: String::new(),
        composing: String::new(),
        keyboard,
        found: Vec::new(),
        nearly: false,
        counters: Vec::new(),
        more: 0,
    };
    hang("", Screen::Search(empty.clone()));
    let few = Search {
        text: "ㄷ".to_owned(),
        composing: "ㅂ".to_owned(),
        found: tiles(words, Some(Trouble::AgencyAway)),
        ..empty.clone()
    };
    hang("-few", Screen::Search(few.clone()));
    let many = tiles(words, None).into_iter().cycle().take(4).enumerate();
    let many = many.map(|(number, tile)| ServiceTile {
        title: format!("{} {}", tile.title, number + 1),
        ..tile
    });
    let found = many.collect();
    hang(
        "-many",
        Screen::Search(Search {
            found,
            more: 3,
            ..few
        }),
    );
    let nothing = Search {
        text: "없는".to_owned(),
        composing: "것".to_owned(),
        ..empty.clone()
    };
    hang("-nothing", Screen::Search(nothing));
    hang(
        "-nearly",
        Screen::Search(Search {
            text: "등".to_owned(),
            composing: "븐".to_owned(),
            found: tiles(words, None),
            nearly: true,
            ..empty.clone()
        }),
    );
    let elsewhere = Search {
        text: "인".to_owned(),
        composing: "감".to_owned(),
        counters: vec![seal_certificate(words)],
        ..empty
    };
    hang("-elsewhere", Screen::Search(elsewhere));
}

/// The most asked are the first four of these.
pub(crate) fn around(words: Words, services: Vec<ServiceTile>) -> Around {
    Around {
        most_asked: services.into_iter().take(4).collect(),
        topics: topics(words),
        life_events: life_events(words),
        locator: true,
        board: true,
    }
}

pub(crate) fn topics(words: Words) -> Vec<TopicTile> {
    [
        ("identity", "주민등록·출입국", "Residents and travel"),
        ("family", "가족관계", "Family"),
        ("land", "땅과 건물", "Land and buildings"),
        ("vehicle", "자동차와 배", "Vehicles and boats"),
        ("tax", "세금", "Taxes"),
        ("welfare", "복지", "Welfare"),
        ("work", "일자리와 보험", "Work and insurance"),
        ("education", "학교와 병역", "School and military service"),
        ("business", "기업과 통관", "Business and trade"),
        ("environment", "날씨와 환경", "Weather and environment"),
    ]
    .into_iter()
    .map(|(topic, ko, en)| TopicTile {
        topic: topic.to_owned(),
        title: words.say(ko, en),
        summary: words.say("여러 가지 증명서", "Several certificates"),
        services: 5,
    })
    .collect()
}

fn life_events(words: Words) -> Vec<TopicTile> {
    [
        ("moving", "이사", "Moving house"),
        ("loan", "대출", "A loan"),
        ("school", "입학·전학", "School"),
        ("job", "취업", "A new job"),
        ("marriage-and-birth", "결혼·출산", "Marriage and birth"),
        ("bereavement", "가족의 사망", "A death in the family"),
    ]
    .into_iter()
    .map(|(event, ko, en)| TopicTile {
        topic: event.to_owned(),
        title: words.say(ko, en),
        summary: words.say("그때 필요한 증명서", "The papers it takes"),
        services: 5,
    })
    .collect()
}

fn seal_certificate(words: Words) -> CounterTile {
    CounterTile {
        title: words.say("인감증명서", "Seal certificate"),
        reason: words.say(
            "인감증명서는 직원이 본인인지 직접 확인해야 해서 무인기에서는 나오지 않아요",
            "A member of staff must see in person who asks, so no kiosk issues it",
        ),
        counter: words.say(
            "가까운 읍·면·동 주민센터 창구에서 받으세요. 신분증을 가져가세요",
            "Go to the counter of the nearest community service center with your identity card",
        ),
    }
}
