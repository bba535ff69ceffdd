//! The papers of one request. Law: `issued ≤ sheets ≤ begun`, and never more
//! papers that are valid or may become so than copies were asked for.

use crate::{DocumentNumber, DocumentReference, RequestEvent};

/// Every prepared document and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub documents: Vec<(DocumentReference, PaperState)>,
    /// Void copies that were asked for anew, in that order.
    pub replacements: Vec<Replacement>,
}

/// A void number and the one that takes its place, once the exchange has made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    pub void: DocumentNumber,
    pub by: Option<DocumentNumber>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    Ready,
    /// Ordered from the printer; a sheet may exist.
    Begun,
    Issued,
    Spoiled,
}

impl Paper {
    pub fn state(&self, number: &DocumentNumber) -> Option<PaperState> {
        self.documents
            .iter()
            .find(|(document, _)| document.number == *number)
            .map(|(_, state)| *state)
    }

    pub fn count(&self, wanted: PaperState) -> usize {
        self.documents
            .iter()
            .filter(|(_, state)| *state == wanted)
            .count()
    }

    /// The next document to print.
    pub fn next_ready(&self) -> Option<&DocumentReference> {
        self.documents
            .iter()
            .find(|(_, state)| *state == PaperState::Ready)
            .map(|(document, _)| document)
    }

    /// The void number whose replacement the exchange still owes.
    pub fn replacement_wanted(&self) -> Option<&DocumentNumber> {
        let open = self.replacements.iter().find(|it| it.by.is_none())?;
        Some(&open.void)
    }

    /// Which copy a number is, and in which edition: both from 1 on. The first
    /// editions are in the order of the copies.
    pub fn copy_and_edition(&self, number: &DocumentNumber) -> Option<(u32, u32)> {
        let (mut number, mut edition) = (number, 1);
        while let Some(made) = (self.replacements.iter()).find(|it| it.by.as_ref() == Some(number))
        {
            number = &made.void;
            edition += 1;
        }
        let place = (self.documents.iter()).position(|(it, _)| it.number == *number)?;
        Some((u32::try_from(place).ok()? + 1, edition))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only the paper events count here"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::Prepared { documents }
            | RequestEvent::PreparedUnderLease { documents, .. } => {
                for document in documents {
                    // Said twice, it is still one paper.
                    if self.state(&document.number).is_none() {
                        self.documents.push((document.clone(), PaperState::Ready));
                    }
                }
            }
            RequestEvent::IssueBegun { number } => self.set(number, PaperState::Begun),
            RequestEvent::Issued { number } | RequestEvent::PaperConfirmed { number } => {
                self.set(number, PaperState::Issued);
            }
            RequestEvent::ReplacementAsked { number } => self.replacements.push(Replacement {
                void: number.clone(),
                by: None,
            }),
            RequestEvent::Replaced { number, document } => self.replace(number, document),
            RequestEvent::Spoiled { number, .. } => self.set(number, PaperState::Spoiled),
            _ => {}
        }
    }

    fn replace(&mut self, void: &DocumentNumber, document: &DocumentReference) {
        let mut asked = self.replacements.iter_mut();
        if let Some(asked) = asked.find(|it| it.void == *void && it.by.is_none()) {
            asked.by = Some(document.number.clone());
            self.documents.push((document.clone(), PaperState::Ready));
        }
    }

    fn set(&mut self, number: &DocumentNumber, to: PaperState) {
        for (document, state) in &mut self.documents {
            if document.number == *number {
                *state = to;
            }
        }
    }
}
