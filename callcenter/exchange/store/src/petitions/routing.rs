//! The first office of a petition, and until when it must be answered.

use request::{Action, OfficeId, RequestId, RouteGround, ServiceRequest, Timestamp};
use rusqlite::params;

use super::{facts::happen, open};
use crate::{Store, StoreError, history::replay};

/// Petitions looked at in one go.
const BATCH: u32 = 100;

impl Store {
    /// Petitions without a due date, new ones and those that were appealed, after the
    /// last one of the batch before; the oldest first, and when each was submitted. The
    /// caller asks again until there were none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn petitions_to_route(
        &self,
        after: Option<&(RequestId, Timestamp)>,
    ) -> Result<Vec<(ServiceRequest, Timestamp)>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut select = transaction.prepare_cached(
            "SELECT request_id, submitted_at FROM petition
             WHERE due_at IS NULL AND NOT concluded AND (submitted_at, request_id) > (?1, ?2)
             ORDER BY submitted_at, request_id LIMIT ?3",
        )?;
        let (at, id) = after.map_or((i64::MIN, ""), |(id, at)| (at.as_millis(), id.as_str()));
        let rows = select.query_map(params![at, id, BATCH], |row| {
            let id = RequestId::new(row.get::<_, String>(0)?);
            Ok((id, Timestamp::from_millis(row.get(1)?)))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (id, at) = row?;
            found.extend(replay(&transaction, &id)?.map(|request| (request, at)));
        }
        Ok(found)
    }

    /// Writes down by when a petition must be answered, and to which office it goes; no
    /// office where the house has no directory, or it is with one. What is so already
    /// stays.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn route(
        &self,
        id: &RequestId,
        due_at: Timestamp,
        to: Option<(OfficeId, RouteGround)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let (Some(place), Some(mut request)) = (open(&transaction, id)?, replay(&transaction, id)?)
        else {
            return Ok(());
        };
        let route = to.map(|(office, ground)| Action::Route { office, ground });
        for action in route.into_iter().chain([Action::SetDue { due_at }]) {
            if let Ok(event) = request.decide(action) {
                happen(&transaction, &mut request, &place, &event, now)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}
