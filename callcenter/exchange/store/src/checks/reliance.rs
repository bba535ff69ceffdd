//! Which request may rely on a check.

use std::time::Duration;

use request::{Outcome, RequestId, Stage, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{DAY, NewCheck, millis};
use crate::{Store, StoreError};

impl Store {
    /// Whether a request may rely on its check: one that was passed for this very
    /// request, kiosk, service and number, and that it began to rely on within `term`.
    /// From then on it may for good. Another request of the same citizen at the same
    /// kiosk takes its place within `term`, where it is over and nothing was ever
    /// prepared for it: a network that was away costs nobody the two persons' word.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn rely_on_check(
        &self,
        claimed: &NewCheck,
        term: Duration,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let relied = self.lock().execute(
            "UPDATE identity_check SET relied_on_at = coalesce(relied_on_at, ?6)
             WHERE check_id = ?1 AND kiosk = ?2 AND request_id = ?3 AND service = ?4
             AND coalesce(subject, ?5) = ?5 AND passed_at IS NOT NULL
             AND (relied_on_at IS NOT NULL OR passed_at + ?7 > ?6)",
            params![
                claimed.check.as_str(),
                claimed.kiosk.as_str(),
                claimed.request.as_str(),
                claimed.service.as_str(),
                claimed.subject.0,
                now.as_millis(),
                millis(term.min(DAY))
            ],
        )?;
        if relied == 1 {
            return Ok(true);
        }
        let Some(before) = self.relies_in_time(claimed, term, now)? else {
            return Ok(false);
        };
        let came_to_nothing = self.request(&before)?.is_some_and(|it| {
            let over = matches!(
                it.stage,
                Stage::Closed(Outcome::Failed | Outcome::Withdrawn)
            );
            over && it.paper.documents.is_empty()
        });
        if !came_to_nothing {
            return Ok(false);
        }
        let taken_over = self.lock().execute(
            "UPDATE identity_check SET request_id = ?3, relied_on_at = ?4
             WHERE check_id = ?1 AND request_id = ?2",
            params![
                claimed.check.as_str(),
                before.as_str(),
                claimed.request.as_str(),
                now.as_millis()
            ],
        )?;
        Ok(taken_over == 1)
    }

    /// The request that has a check of this kiosk, service and number, as long as the
    /// check is good.
    fn relies_in_time(
        &self,
        claimed: &NewCheck,
        term: Duration,
        now: Timestamp,
    ) -> Result<Option<RequestId>, StoreError> {
        let found: Option<String> = self
            .lock()
            .query_row(
                "SELECT request_id FROM identity_check
                 WHERE check_id = ?1 AND kiosk = ?2 AND service = ?3 AND subject = ?4
                 AND passed_at + ?5 > ?6",
                params![
                    claimed.check.as_str(),
                    claimed.kiosk.as_str(),
                    claimed.service.as_str(),
                    claimed.subject.0,
                    millis(term.min(DAY)),
                    now.as_millis()
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.map(RequestId::new))
    }
}
