//! What fails at this kiosk alone, and the kiosk where it does not.

use kiosk::visit::view::{Choice, Nearby, Options, Screen, Trouble, View};

use super::{Words, options, sheet, view};

pub(super) fn nearby(words: Words, gallery: &mut Vec<(String, View)>) {
    let at_hand = |state: &str, screen: Screen| {
        let shown = View {
            nearby: Some(station(words)),
            ..view(words, screen)
        };
        (format!("{}{state}", shown.screen.name()), shown)
    };
    let troubled: Vec<_> = gallery
        .iter()
        .filter(|(name, _)| {
            [
                "welcome-paper",
                "out-of-service",
                "failed-paper",
                "ticket-fee",
            ]
            .contains(&name.as_str())
        })
        .map(|(_, view)| at_hand("-nearby", view.screen.clone()))
        .collect();
    gallery.extend(troubled);
    let sheet = sheet(words, Some(Trouble::CardReader));
    gallery.push(at_hand("-nearby", Screen::Service(sheet)));
    gallery.push((
        "options-recipients".to_owned(),
        view(words, Screen::Options(for_somebody(words))),
    ));
}

fn station(words: Words) -> Nearby {
    Nearby {
        place: words.say("가온역 2번 출구 안", "Gaon station, inside exit 2"),
        address: words.say(
            "한빛시 가온구 역전로 3",
            "3 Yeokjeon-ro, Gaon-gu, Hanbit-si",
        ),
        distance: "1.2 km".to_owned(),
        until: "24:00".to_owned(),
    }
}

/// Three recipients, so that one stands alone in its line.
fn for_somebody(words: Words) -> Options {
    let recipient = |id: &str, label: String, chosen| Choice {
        id: id.to_owned(),
        label,
        explanation: String::new(),
        chosen,
    };
    Options {
        recipients: vec![
            recipient("bank", words.say("은행·대출", "A bank, for a loan"), false),
            recipient("employer", words.say("회사", "An employer"), true),
            recipient(
                "court",
                words.say("법원·등기소", "A court or registry office"),
                false,
            ),
        ],
        ..options(words)
    }
}
