//! Asks about rooms in which a kiosk's citizen meets an agent.

use std::time::Duration;

use handover::{
    DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, RoomFault, RoomId, WaitingRooms,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;

use crate::{LinkFault, Wire, wire::ANSWER_TIMEOUT};

#[derive(Deserialize)]
struct Named {
    room: RoomId,
}

impl Wire {
    /// Asks as a kiosk.
    ///
    /// # Errors
    /// When the exchange refuses, or no answer comes.
    pub async fn ask_room(&self, question: &KioskQuestion) -> Result<KioskAnswer, LinkFault> {
        match question {
            KioskQuestion::Open(opening) => {
                let named: Named = self.post("/v1/rooms", opening).await?;
                Ok(KioskAnswer::Opened(named.room))
            }
            KioskQuestion::Post {
                room,
                posting,
                wait,
            } => {
                let path = held(&format!("/v1/rooms/{room}/kiosk"), *wait);
                let answer = self.post_within(&path, posting, *wait + ANSWER_TIMEOUT);
                Ok(KioskAnswer::Delivered(answer.await?))
            }
            KioskQuestion::Close { room } => {
                let path = format!("/v1/rooms/{room}/close");
                self.post::<IgnoredAny>(&path, &()).await?;
                Ok(KioskAnswer::Closed)
            }
        }
    }

    /// Asks as a desk.
    ///
    /// # Errors
    /// When the exchange refuses, or no answer comes.
    pub async fn ask_rooms(&self, question: &DeskQuestion) -> Result<DeskAnswer, LinkFault> {
        match question {
            DeskQuestion::List { known, wait } => {
                let path = held("/v1/rooms", *wait) + &format!("&known={known}");
                let answer = self.get(&path, *wait + ANSWER_TIMEOUT).await?;
                let waiting: WaitingRooms =
                    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
                Ok(DeskAnswer::Listed(waiting))
            }
            DeskQuestion::Take { room, agent } => {
                let path = format!("/v1/rooms/{room}/take");
                let named: Named = self.post(&path, &json!({ "agent": agent })).await?;
                Ok(DeskAnswer::Taken(named.room))
            }
            DeskQuestion::Post {
                room,
                posting,
                wait,
            } => {
                let path = held(&format!("/v1/rooms/{room}/desk"), *wait);
                let answer = self.post_within(&path, posting, *wait + ANSWER_TIMEOUT);
                Ok(DeskAnswer::Delivered(answer.await?))
            }
        }
    }
}

fn held(path: &str, wait: Duration) -> String {
    format!("{path}?wait={}", wait.as_secs())
}

/// What a room's end makes of a question that came to nothing.
pub(crate) fn fault(fault: &LinkFault) -> RoomFault {
    match fault {
        LinkFault::Room(refusal) => RoomFault::Refused(*refusal),
        LinkFault::Unproven(_) => RoomFault::Unproven,
        LinkFault::Check(_)
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
        | LinkFault::Nonsense => RoomFault::Unanswered,
    }
}
