//! What the post office's thread hears from the others.

use mail::{NotAPetition, Petition};
use post::{Outcome, Place};
use request::{Letter, RequestId};

pub(crate) enum Happening {
    Link(link::Event),
    /// A message lies in the inbox.
    Found {
        place: Place,
        read: Box<Result<Petition, NotAPetition>>,
    },
    /// The line to the mailbox is down; what was found will be found again.
    MailboxLost,
    LetterEnded {
        request: RequestId,
        letter: Letter,
        outcome: Outcome,
    },
    Ended,
}
