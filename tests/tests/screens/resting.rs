//! The screens of a kiosk at which nobody stands.

use kiosk::visit::view::{Screen, Trouble, Welcome};

use super::{Words, finding::topics};

pub(super) fn resting(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    hang("", Screen::Welcome(welcome(words, &[])));
    hang(
        "-troubled",
        Screen::Welcome(welcome(
            words,
            &[
                Trouble::ExchangeAway,
                Trouble::Cash,
                Trouble::PaymentTerminal,
            ],
        )),
    );
    hang(
        "-paper",
        Screen::Welcome(welcome(words, &[Trouble::PrinterPaper])),
    );
    let works = words.say(
        "12월 1일 화요일 밤 10시부터 다음 날 아침 6시까지 전산 점검을 해요. 그동안 접수만 할 수 있어요.",
        "From 10 at night on Tuesday, December 1, until 6 in the morning our computers are serviced. Meanwhile requests are only accepted.",
    );
    hang(
        "-notice",
        Screen::Welcome(Welcome {
            notices: vec![works],
            ..welcome(words, &[])
        }),
    );
    for (state, trouble) in [("", Trouble::Journal), ("-closed", Trouble::ClosedByOffice)] {
        hang(state, Screen::OutOfService(trouble));
    }
}

fn welcome(words: Words, troubles: &[Trouble]) -> Welcome {
    Welcome {
        office: words.say("한빛시 가온구청", "Gaon-gu office, Hanbit-si"),
        opening_hours: words.say("매일 00:00–24:00", "every day 00:00–24:00"),
        topics: topics(words),
        services: 55,
        troubles: troubles.to_vec(),
        last_contact: troubles
            .contains(&Trouble::ExchangeAway)
            .then(|| "09:12".to_owned()),
        notices: Vec::new(),
    }
}
