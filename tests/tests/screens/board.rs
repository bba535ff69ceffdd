//! Notices and figures of the place.

use kiosk::visit::view::{
    BoardPage, BoardTopic, BoardTopics, BoardWriting, FigureLine, FiguresCard, Keyboard,
    KeyboardLayout, NoticeCard, Posted, Screen,
};

use super::Words;

pub(crate) fn board(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let topics = [
        ("population", "인구와 세대", "Population and households"),
        ("transport", "교통과 주차", "Traffic and parking"),
        ("environment", "환경과 쓰레기", "Environment and waste"),
        ("welfare", "복지와 건강", "Welfare and health"),
        ("events", "행사와 모임", "Events and meetings"),
        ("sharing", "나눔과 빌림", "Giving and lending"),
        ("lost", "잃은 것과 찾은 것", "Lost and found"),
    ];
    let topic = |(topic, ko, en): (&str, &str, &str)| BoardTopic {
        topic: topic.to_owned(),
        title: words.say(ko, en),
        entries: u32::try_from(topic.len() % 3).unwrap_or(0),
    };
    let as_of = words.say("11월 29일 17:05", "2026-11-29 17:05");
    let topics = topics.map(topic).to_vec();
    let shown = BoardTopics {
        topics,
        as_of: as_of.clone(),
    };
    hang("", Screen::BoardTopics(shown));
    let page = BoardPage {
        title: words.say("나눔과 빌림", "Giving and lending"),
        figures: vec![figures(words)],
        notices: vec![notice(words)],
        as_of,
        open: true,
    };
    hang("", Screen::BoardPage(page.clone()));
    let empty = BoardPage {
        figures: Vec::new(),
        notices: Vec::new(),
        as_of: String::new(),
        open: false,
        ..page
    };
    hang("-empty", Screen::BoardPage(empty));
    writing(words, hang);
}

fn writing(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let titling = BoardWriting {
        titling: true,
        text: words.say("어린이 책", "Book"),
        composing: words.say("을", "s"),
        keyboard: Keyboard {
            layout: KeyboardLayout::Hangul,
            shifted: false,
            row_of_digits: true,
        },
        complete: true,
    };
    hang("", Screen::BoardWriting(titling.clone()));
    let text = BoardWriting {
        titling: false,
        text: notice(words).text.chars().take(120).collect(),
        composing: String::new(),
        ..titling.clone()
    };
    hang("-text", Screen::BoardWriting(text));
    let begun = BoardWriting {
        text: String::new(),
        composing: String::new(),
        complete: false,
        ..titling
    };
    hang("-begun", Screen::BoardWriting(begun));
    hang("-sending", Screen::BoardPosted(Posted::Sending));
    hang("", Screen::BoardPosted(Posted::Waits));
    hang("-not-taken", Screen::BoardPosted(Posted::NotTaken));
}

fn figures(words: Words) -> FiguresCard {
    let line = |ko, en, text: &str| FigureLine {
        label: words.say(ko, en),
        text: text.to_owned(),
    };
    FiguresCard {
        title: words.say("공영주차장", "Public car parks"),
        district: words.say("한빛시 가온구", "Gaon-gu, Hanbit-si"),
        values: vec![
            line("주차장", "Car parks", "38"),
            line("30분 요금", "Fee for 30 minutes", "600"),
        ],
        source: words.say("한빛시청 교통정책과", "Hanbit City Hall, transport policy"),
        day: words.say("2026년 9월 30일", "September 30, 2026"),
    }
}

/// What stands on a board is text, whatever it looks like.
fn notice(words: Words) -> NoticeCard {
    NoticeCard {
        title: words.say("어린이 책을 나눠요", "Books for children to give away"),
        text: words.say(
            "그림책 열두 권이에요. 토요일 오후 두 시부터 네 시까지 새빛동 주민센터 앞 나무 아래에 있을게요. <b>무료</b>예요.",
            "Twelve picture books. On Saturday from two to four under the tree before the center of Saebit-dong. <b>Free</b>.",
        ),
        district: words.say("한빛시 가온구", "Gaon-gu, Hanbit-si"),
        from: words.say("2026년 11월 24일", "November 24, 2026"),
        until: words.say("2026년 12월 8일", "December 8, 2026"),
    }
}
