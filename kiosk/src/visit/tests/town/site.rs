//! The place the kiosk stands in, and by what people can pay there.

use catalog::{Bilingual, Hours};
use request::StationId;

use crate::visit::Site;

/// What the kiosk was built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fitted {
    Cash,
    Card,
    Both,
}

pub(super) fn site(means: Fitted) -> Site {
    let both = |text: &str| Bilingual {
        ko: text.to_owned(),
        en: text.to_owned(),
    };
    Site {
        station: StationId::new("gaon-1"),
        office: both("가온구청"),
        place: both("1층 로비"),
        jurisdiction: "41999".to_owned(),
        telephone: "110".to_owned(),
        agents_at_screen: true,
        two_person_check: false,
        text_messages: true,
        handset: false,
        hours: Hours::default(),
        cash: means != Fitted::Card,
        card_terminal: means != Fitted::Cash,
    }
}
