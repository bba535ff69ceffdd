//! All stations: those of the roster, and those the store remembers.

use std::collections::BTreeMap;

use edition::EditionState;
use ledger::{StationVitals, StoreError, Vitals};
use request::{StationId, Timestamp};

use super::{Language, screen::Tone};
use crate::{http::Exchange, open_data::place, roster::Kind};

/// One station, as far as anything is known of it.
pub(super) struct Listed {
    pub(super) id: StationId,
    /// None when the roster does not list it any more.
    pub(super) kind: Option<Kind>,
    /// As citizens know the place.
    pub(super) place: Option<String>,
    pub(super) vitals: Option<StationVitals>,
    pub(super) edition: Option<EditionState>,
    /// When it was last on its line; none since the exchange has been up.
    pub(super) seen_at: Option<Timestamp>,
    pub(super) line: Line,
}

/// Whether a station is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    There,
    /// The exchange has not been up for long enough to say so.
    Unknown,
    Silent,
    /// It may not come.
    Unlisted,
}

impl Listed {
    /// Whether something about it is for a person to look at.
    pub(super) fn troubles(&self) -> u64 {
        let of_vitals = self.vitals.as_ref().map_or(0, |it| {
            it.wedged + it.doubts + u64::from(it.quarantined_at.is_some())
        });
        of_vitals + u64::from(self.refused_edition())
    }

    pub(super) fn refused_edition(&self) -> bool {
        self.edition.as_ref().is_some_and(|it| it.refused.is_some())
    }

    pub(super) fn heard_at(&self) -> Option<Timestamp> {
        let told = self.vitals.as_ref().and_then(|it| it.heard_at);
        self.seen_at.max(told)
    }
}

impl Line {
    pub(super) fn told(self, language: Language) -> (Tone, &'static str) {
        match self {
            Line::There => (Tone::Good, language.say("연결됨", "on its line")),
            Line::Unknown => (Tone::Neutral, language.say("확인 중", "not known yet")),
            Line::Silent => (Tone::Bad, language.say("응답 없음", "silent")),
            Line::Unlisted => (
                Tone::Neutral,
                language.say("명부에 없음", "not on the roster"),
            ),
        }
    }
}

pub(super) fn kind(kind: Option<Kind>, language: Language) -> &'static str {
    match kind {
        Some(Kind::Kiosk) => language.say("키오스크", "kiosk"),
        Some(Kind::Desk) => language.say("창구", "desk"),
        Some(Kind::TrainingRoom) => language.say("교육실", "training room"),
        Some(Kind::Agent) => language.say("상담사", "agent"),
        None => language.say("지워진 기기", "struck off"),
    }
}

/// In the order of their names.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn stations(exchange: &Exchange) -> Result<(Vec<Listed>, Vitals), StoreError> {
    let store = &exchange.issuer.store;
    let vitals = store.vitals()?;
    let mut editions: BTreeMap<_, _> = store
        .station_editions()?
        .into_iter()
        .map(|it| (it.station, it.state))
        .collect();
    let mut all: BTreeMap<StationId, (Option<Kind>, Option<StationVitals>)> = exchange
        .roster
        .stations()
        .into_iter()
        .map(|(id, kind)| (id, (Some(kind), None)))
        .collect();
    for it in &vitals.stations {
        all.entry(it.station.clone()).or_default().1 = Some(it.clone());
    }
    let now = exchange.issuer.clock.now();
    let presence = exchange.presence();
    let listed = all.into_iter().map(|(id, (kind, vitals))| Listed {
        line: match kind {
            None => Line::Unlisted,
            Some(_) if presence.is_there(&id, now) => Line::There,
            Some(_) if presence.can_tell(now) => Line::Silent,
            Some(_) => Line::Unknown,
        },
        place: place(&exchange.issuer.catalog, &id).map(str::to_owned),
        edition: editions.remove(&id),
        seen_at: presence.last(&id),
        kind,
        vitals,
        id,
    });
    let listed = listed.collect();
    drop(presence);
    Ok((listed, vitals))
}
