//! What agencies hold, as one finds it.

use kiosk::visit::view::{HoldingSheet, HoldingTile, Holdings, Keyboard, KeyboardLayout, Screen};
use locator::{Access, Frequency};

use super::{Words, tiles};

pub(crate) fn locating(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let empty = Holdings {
        text: String::new(),
        composing: String::new(),
        keyboard: Keyboard {
            layout: KeyboardLayout::Hangul,
            shifted: false,
            row_of_digits: false,
        },
        found: Vec::new(),
        more: false,
    };
    hang("", Screen::Holdings(empty.clone()));
    let found = [
        (
            words.say("공영주차장 정보", "Public car parks"),
            words.say("한빛시청 교통정책과", "Hanbit City Hall, transport policy"),
        ),
        (
            words.say("주정차 위반 단속 현황", "Parking fines"),
            words.say("한빛시청 교통정책과", "Hanbit City Hall, transport policy"),
        ),
        (
            words.say("자동차 등록 현황", "Registered vehicles"),
            words.say(
                "국토교통부 자동차정책과",
                "Ministry of Land, Infrastructure and Transport, motor vehicle policy",
            ),
        ),
        (
            words.say("교통사고 잦은 곳", "Where accidents happen"),
            words.say("한빛시청 교통정책과", "Hanbit City Hall, transport policy"),
        ),
    ]
    .into_iter()
    .map(|(title, office)| HoldingTile {
        holding: "public-parking".to_owned(),
        title,
        office,
    });
    let many = Holdings {
        text: "주".to_owned(),
        composing: "차".to_owned(),
        found: found.collect(),
        more: true,
        ..empty.clone()
    };
    hang("-many", Screen::Holdings(many));
    let nothing = Holdings {
        text: "없는".to_owned(),
        composing: "것".to_owned(),
        ..empty
    };
    hang("-nothing", Screen::Holdings(nothing));
    sheets(words, hang);
}

fn sheets(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let parking = HoldingSheet {
        title: words.say("공영주차장 정보", "Public car parks"),
        description: words.say(
            "주차장의 자리 수와 요금, 여는 시간",
            "Spaces, fees and hours of car parks",
        ),
        office: words.say("한빛시청 교통정책과", "Hanbit City Hall, transport policy"),
        telephone: "099-0000-1002".to_owned(),
        place: words.say("시청 본관 5층", "City hall, main building, 5th floor"),
        access: Access::Public,
        frequency: Frequency::Monthly,
        since: "2008".to_owned(),
        districts: words.say(
            "한빛시 가온구, 한빛시 나래구, 한빛시 다솜구",
            "Gaon-gu, Hanbit-si, Narae-gu, Hanbit-si, Dasom-gu, Hanbit-si",
        ),
        service: None,
    };
    hang("", Screen::Holding(parking.clone()));
    let kept = HoldingSheet {
        access: Access::NonPublic,
        frequency: Frequency::Never,
        districts: String::new(),
        ..parking.clone()
    };
    hang("-kept", Screen::Holding(kept));
    let on_paper = HoldingSheet {
        access: Access::Restricted,
        frequency: Frequency::Continuous,
        since: String::new(),
        districts: String::new(),
        service: tiles(words, None).into_iter().next(),
        ..parking
    };
    hang("-on-paper", Screen::Holding(on_paper));
}
