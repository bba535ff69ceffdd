//! The letter that is read: opened, and taken by whoever answers it.

use request::RequestId;

use super::{Letter, Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice, choosing::Form};

/// The letter that is read.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) letter: Letter,
    /// The exchange is asked for it.
    pub(super) taking: bool,
    /// The agent was told that another has it.
    pub(super) warned: bool,
    /// Something else is done with it than answering.
    pub(super) form: Option<Form>,
}

impl Open {
    fn new(letter: Letter) -> Self {
        Self {
            letter,
            taking: false,
            warned: false,
            form: None,
        }
    }

    pub(super) fn request(&self) -> &RequestId {
        &self.letter.petition.request
    }
}

impl Petitions {
    pub(super) fn read(&mut self, request: RequestId) {
        self.opening = Some(request.clone());
        self.commands.push_back(PetitionsCommand::Open(request));
    }

    /// Opens the one that is chosen in the list.
    pub(super) fn read_chosen(&mut self) {
        let chosen = self.listing.chosen().map(|it| it.request.clone());
        if let Some(request) = chosen {
            self.read(request);
        }
    }

    pub(super) fn is_opened(
        &mut self,
        request: &RequestId,
        letter: Result<Box<Letter>, PetitionsFault>,
    ) {
        if self.opening.take_if(|it| it == request).is_none() {
            return;
        }
        let before = self.open.take().filter(|it| it.request() == request);
        match letter {
            // The same letter told anew leaves what is done with it as it is.
            Ok(letter) => {
                self.open = Some(match before {
                    Some(before) => Open {
                        letter: *letter,
                        ..before
                    },
                    None => {
                        self.opened = self.opened.wrapping_add(1);
                        Open::new(*letter)
                    }
                });
            }
            Err(fault) => {
                self.notice = Some(PetitionsNotice::Fault(fault));
                // Where nobody says that it is over, what is before the agent stays.
                let away = matches!(
                    fault,
                    PetitionsFault::Unreachable | PetitionsFault::Unproven
                );
                self.open = before.filter(|_| away);
            }
        }
    }

    pub(super) fn take(&mut self) {
        let agent = self.agent.clone();
        let Some(open) = &mut self.open else {
            return;
        };
        let petition = &open.letter.petition;
        let is_ours = petition.assigned_to.is_some() && petition.assigned_to == self.known_as;
        if open.taking || is_ours || !petition.standing.wants_an_answer() {
            return;
        }
        let is_anothers = petition.assigned_to.is_some() && petition.assigned_to != agent;
        if is_anothers && !std::mem::replace(&mut open.warned, true) {
            self.notice = Some(PetitionsNotice::TakeOver);
            return;
        }
        open.taking = true;
        self.commands.push_back(PetitionsCommand::Take {
            request: petition.request.clone(),
            over: agent.filter(|_| open.warned),
        });
    }

    pub(super) fn is_taken(&mut self, request: &RequestId, taken: Result<String, PetitionsFault>) {
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.request() == request) else {
            return;
        };
        open.taking = false;
        match taken {
            Ok(known_as) => {
                open.letter.petition.assigned_to = Some(known_as.clone());
                self.known_as = Some(known_as);
                self.ask_again();
            }
            Err(fault) => {
                open.warned |= fault == PetitionsFault::Taken;
                self.notice = Some(match fault == PetitionsFault::Taken {
                    true => PetitionsNotice::TakeOver,
                    false => PetitionsNotice::Fault(fault),
                });
                self.read(request.clone());
            }
        }
    }
}
