//! Everything that reaches a kiosk from outside, through one channel.

use board::Edition;
use fitting::DeviceEvent;
use request::{DocumentNumber, RequestId};
use seal::TrustList;
use station::EditionEvent;
use sync::PaperAnswer;

use crate::{
    content::Content,
    handset::HandsetEvent,
    maintenance,
    visit::{Made, NotMade, Touch},
};

#[derive(Debug)]
pub(crate) enum Happening {
    Touched(Touch),
    Device(DeviceEvent),
    Link(link::Event),
    /// From whatever takes editions of the catalogue.
    Edition(EditionEvent<Content>),
    /// From the handset's line and telephone.
    Handset(HandsetEvent),
    /// The bulletin board as it is now.
    Board(Edition),
    /// Whether the exchange has taken a notice for it.
    HandedIn(bool),
    /// By whom seals may be, as the exchange has it now.
    Trusted(TrustList),
    /// `None` when the exchange did not answer.
    PaperLookedUp {
        number: DocumentNumber,
        answer: Option<PaperAnswer>,
    },
    /// From the press.
    Made {
        request: RequestId,
        made: Result<Made, NotMade>,
    },
    /// From whoever hashes a technician's card or PIN.
    Maintenance(maintenance::Event),
    /// The program ends.
    Ended,
}
