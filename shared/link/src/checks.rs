//! Asks about two-person checks.

use std::time::Duration;

use handover::RoomRefusal;
use request::CheckId;
use serde::Deserialize;
use vouching::{
    CheckFault, CheckRefusal, DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, WaitingChecks,
};

use crate::{LinkFault, Wire, wire::ANSWER_TIMEOUT};

/// Longer than the exchange waits for the register.
const OPEN_TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
struct Named {
    check: CheckId,
}

impl Wire {
    /// Asks as a kiosk.
    ///
    /// # Errors
    /// When the exchange refuses, or no answer comes.
    pub async fn ask_check(&self, question: &KioskQuestion) -> Result<KioskAnswer, LinkFault> {
        match question {
            KioskQuestion::Open(opening) => {
                let asked = self.post_within("/v1/checks", opening, OPEN_TIMEOUT);
                let named: Named = asked.await?;
                Ok(KioskAnswer::Opened(named.check))
            }
            KioskQuestion::Do {
                check,
                deed,
                known,
                wait,
            } => {
                let path = held(&format!("/v1/checks/{check}/kiosk"), *known, *wait);
                let view = self.post_within(&path, deed, *wait + ANSWER_TIMEOUT);
                Ok(KioskAnswer::Seen(view.await?))
            }
        }
    }

    /// Asks as a desk.
    ///
    /// # Errors
    /// When the exchange refuses, or no answer comes.
    pub async fn ask_checks(&self, question: &DeskQuestion) -> Result<DeskAnswer, LinkFault> {
        match question {
            DeskQuestion::List { known, wait } => {
                let path = held("/v1/checks", *known, *wait);
                let answer = self.get(&path, *wait + ANSWER_TIMEOUT).await?;
                let waiting: WaitingChecks =
                    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
                Ok(DeskAnswer::Listed(waiting))
            }
            DeskQuestion::Do {
                check,
                saying,
                known,
                wait,
            } => {
                let path = held(&format!("/v1/checks/{check}/desk"), *known, *wait);
                let sheet = self.post_within(&path, saying, *wait + ANSWER_TIMEOUT);
                Ok(DeskAnswer::Seen(Box::new(sheet.await?)))
            }
        }
    }
}

fn held(path: &str, known: u64, wait: Duration) -> String {
    format!("{path}?known={known}&wait={}", wait.as_secs())
}

/// What an end makes of a question that came to nothing.
pub(crate) fn fault(fault: &LinkFault) -> CheckFault {
    match fault {
        LinkFault::Check(refusal) => CheckFault::Refused(*refusal),
        LinkFault::Room(RoomRefusal::NotForYou) => CheckFault::Refused(CheckRefusal::NotForYou),
        LinkFault::Unproven(_) => CheckFault::Refused(CheckRefusal::Unproven),
        LinkFault::Room(_)
        | LinkFault::Credentials(_)
        | LinkFault::Certificate(_)
        | LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Slow
        | LinkFault::Refused(..)
        | LinkFault::Petition(_)
        | LinkFault::Delivery(_)
        | LinkFault::Nonsense => CheckFault::Unanswered,
    }
}
