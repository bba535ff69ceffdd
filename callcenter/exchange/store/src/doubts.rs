//! Deeds of which no evidence tells whether they were done. The books are right
//! without an answer: such a number is void, such money is owed. But a sheet or a
//! coin lies somewhere, and somebody is to look.

use request::{
    CardFact, DocumentNumber, RequestEvent, RequestId, SpoilReason, StationId, Timestamp,
};
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};
use sync::{Entry, Incarnation};

use crate::{Store, StoreError, audit::audit};

/// One deed in doubt, as an agent sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    pub station: StationId,
    pub incarnation: Incarnation,
    /// Of the entry that says so.
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock.
    pub recorded_at: Timestamp,
    pub deed: Deed,
}

/// What may have been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A sheet with this number may exist; the number is void.
    Printed(DocumentNumber),
    /// So much may have fallen into the tray; it is owed.
    PaidOut { asked_won: u32 },
    /// A card may have been charged with so much; it counts as charged.
    CardCharged { asked_won: u32 },
    /// So much may have gone back to a card; it is owed.
    CardReversed { asked_won: u32 },
}

/// As the table has them.
const CHARGED: &str = "charged";
const REVERSED: &str = "reversed";

/// What somebody found who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    Done,
    NotDone,
}

/// What somebody says who looked, and how they know.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub finding: Finding,
    /// For the audit; it names no citizen.
    pub ground: &'a str,
}

impl Finding {
    fn code(self) -> &'static str {
        match self {
            Finding::Done => "done",
            Finding::NotDone => "not_done",
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Finding::Done => "found done",
            Finding::NotDone => "found not done",
        }
    }
}

impl Store {
    /// What nobody has looked into, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn doubts(&self) -> Result<Vec<Doubt>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare(
            "SELECT station, incarnation, entry, request_id, recorded_at, document, amount_won,
                    card
             FROM doubt WHERE finding IS NULL
             ORDER BY recorded_at, station, incarnation, entry",
        )?;
        let rows = select.query_map([], doubt)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps what somebody found, with audit rows for it and for its ground; `false`
    /// when there is no such doubt, or none any more.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn look_into(
        &self,
        station: &StationId,
        incarnation: &Incarnation,
        number: u64,
        found: Found<'_>,
        agent: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let changed = transaction.execute(
            "UPDATE doubt SET finding = ?4
             WHERE station = ?1 AND incarnation = ?2 AND entry = ?3 AND finding IS NULL",
            params![
                station.as_str(),
                incarnation.as_str(),
                number.cast_signed(),
                found.finding.code()
            ],
        )?;
        if changed == 0 {
            return Ok(false);
        }
        let subject = format!("{station} {} {number}", incarnation.as_str());
        for act in [found.finding.in_words(), found.ground] {
            audit(&transaction, now, agent, act, &subject)?;
        }
        transaction.commit()?;
        Ok(true)
    }
}

/// Keeps what an entry leaves in doubt.
pub(crate) fn left_open(
    transaction: &Transaction<'_>,
    entry: &Entry,
    event: &RequestEvent,
) -> Result<(), StoreError> {
    let (document, amount_won, card) = if let RequestEvent::Spoiled {
        number,
        reason: SpoilReason::Unknown,
    } = event
    {
        (Some(number.as_str()), None, None)
    } else if let RequestEvent::PayoutUnknown { asked_won } = event {
        (None, Some(*asked_won), None)
    } else if let RequestEvent::Card(CardFact::AuthorisationUnknown { asked_won, .. }) = event {
        (None, Some(*asked_won), Some(CHARGED))
    } else if let RequestEvent::Card(CardFact::ReversalUnknown { asked_won, .. }) = event {
        (None, Some(*asked_won), Some(REVERSED))
    } else {
        return Ok(());
    };
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO doubt
             (station, incarnation, entry, request_id, recorded_at, document, amount_won, card)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            entry.station.as_str(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            entry.request.as_str(),
            entry.recorded_at.as_millis(),
            document,
            amount_won,
            card
        ])?;
    Ok(())
}

fn doubt(row: &Row<'_>) -> rusqlite::Result<Doubt> {
    let document: Option<String> = row.get(5)?;
    let card: Option<String> = row.get(7)?;
    let deed = match (document, card.as_deref()) {
        (Some(number), _) => Deed::Printed(DocumentNumber::new(number)),
        (None, Some(CHARGED)) => Deed::CardCharged {
            asked_won: row.get(6)?,
        },
        (None, Some(_)) => Deed::CardReversed {
            asked_won: row.get(6)?,
        },
        (None, None) => Deed::PaidOut {
            asked_won: row.get(6)?,
        },
    };
    Ok(Doubt {
        station: StationId::new(row.get::<_, String>(0)?),
        incarnation: Incarnation::new(row.get::<_, String>(1)?),
        number: row.get::<_, i64>(2)?.unsigned_abs(),
        request: RequestId::new(row.get::<_, String>(3)?),
        recorded_at: Timestamp::from_millis(row.get(4)?),
        deed,
    })
}
