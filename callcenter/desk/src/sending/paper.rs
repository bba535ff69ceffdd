//! The document before the agent: where it went, and what goes again.

use request::DocumentNumber;
use sync::DeliveryRefusal;

use super::{
    Delivery, DeliveryEnd, Sending, SendingCommand, SendingFault, SendingNotice, SendingTouch,
    wishing::Wish,
};

pub(super) struct Paper {
    pub(super) number: DocumentNumber,
    /// Why it cannot be sent.
    pub(super) refusal: Option<DeliveryRefusal>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) selected: usize,
    /// Where it is to go next.
    pub(super) wish: Option<Wish>,
}

impl Paper {
    /// One that went nowhere is to go somewhere.
    pub(super) fn new(
        number: DocumentNumber,
        refusal: Option<DeliveryRefusal>,
        deliveries: Vec<Delivery>,
    ) -> Self {
        let wish = deliveries.is_empty().then(Wish::default);
        Self {
            number,
            refusal,
            deliveries,
            selected: 0,
            wish,
        }
    }

    /// Whichever was chosen stays it, wherever it stands now.
    pub(super) fn take_over(
        &mut self,
        refusal: Option<DeliveryRefusal>,
        deliveries: Vec<Delivery>,
    ) {
        let chosen = self.chosen().map(|it| it.id.clone());
        let place = deliveries
            .iter()
            .position(|it| Some(&it.id) == chosen.as_ref());
        self.selected = place.unwrap_or(0);
        self.refusal = refusal;
        self.deliveries = deliveries;
    }

    /// Whether anything of it is on its way.
    pub(super) fn waits(&self) -> bool {
        self.deliveries.iter().any(|it| it.end.is_none())
    }

    pub(super) fn is_wishing(&self) -> bool {
        self.wish.is_some()
    }

    pub(super) fn stop_wishing(&mut self) {
        self.wish = None;
        self.selected = 0;
    }

    pub(super) fn chosen(&self) -> Option<&Delivery> {
        self.deliveries.get(self.selected)
    }

    /// What became of it at an agency.
    pub(super) fn at(&self, recipient: &str) -> Option<&Delivery> {
        self.deliveries.iter().find(|it| it.recipient == recipient)
    }

    fn last(&self) -> usize {
        self.deliveries.len().saturating_sub(1)
    }
}

impl Sending {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    pub(super) fn before_paper(&mut self, touch: &SendingTouch) {
        let Some(paper) = &mut self.paper else {
            return;
        };
        match touch {
            SendingTouch::Up => paper.selected = paper.selected.saturating_sub(1),
            SendingTouch::Down => paper.selected = (paper.selected + 1).min(paper.last()),
            SendingTouch::Select(row) | SendingTouch::Pick(row) => {
                paper.selected = (*row).min(paper.last());
            }
            SendingTouch::Next => match paper.refusal {
                None => paper.wish = Some(Wish::default()),
                Some(refusal) => self.fail(SendingFault::Refused(refusal)),
            },
            SendingTouch::Again => self.again(),
            SendingTouch::LookAgain => self.look_again(),
            SendingTouch::Back => self.leave_paper(),
            _ => {}
        }
    }

    /// Another number is typed next.
    pub(super) fn leave_paper(&mut self) {
        *self = Self {
            agent: self.agent.take(),
            shown: self.shown,
            recipients: self.recipients.take(),
            commands: std::mem::take(&mut self.commands),
            ..Self::new(self.may_ask)
        };
    }

    /// An agency that was away gets the same again. One that has refused it is asked with
    /// a consent of its own: it would not take the same.
    fn again(&mut self) {
        let Some(paper) = &mut self.paper else {
            return;
        };
        let chosen = paper
            .chosen()
            .map(|it| (it.id.clone(), it.recipient.clone()));
        let end = paper.chosen().and_then(|it| it.end);
        match (end, paper.refusal, chosen) {
            (Some(DeliveryEnd::Refused | DeliveryEnd::Expired), Some(refusal), _) => {
                self.fail(SendingFault::Refused(refusal));
            }
            (Some(DeliveryEnd::Expired), None, Some((delivery, _))) => {
                let number = paper.number.clone();
                self.busy = true;
                self.commands
                    .push_back(SendingCommand::SendAgain { number, delivery });
            }
            (Some(DeliveryEnd::Refused), None, Some((_, recipient))) => {
                let mut agencies = self.recipients.iter().flatten();
                match agencies.find(|it| it.id == recipient) {
                    Some(agency) => paper.wish = Some(Wish::to(agency.clone())),
                    None => self.notice = Some(SendingNotice::Agency),
                }
            }
            _ => self.notice = Some(SendingNotice::NothingAgain),
        }
    }
}
