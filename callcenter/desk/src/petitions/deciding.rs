//! What is decided of a request for information, and on which ground of the law some of it
//! is withheld.
//!
//! The decision goes with the answer. The ground is its first sentence, in the citizen's
//! language: whoever reads the answer reads it, wherever that is.

use catalog::WithholdingGround;
use journal::WrittenReply;
use privacy::Personal;
use request::Decision;

use super::{Letter, Petitions, PetitionsNotice, reading::Open};

/// As their keys are numbered.
pub const DECISIONS: [Decision; 4] = [
    Decision::Disclosed,
    Decision::PartlyDisclosed,
    Decision::Withheld,
    Decision::NotHeld,
];

/// What was decided at this desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decided {
    pub(super) decision: Decision,
    /// Which of the service's grounds.
    pub(super) ground: Option<usize>,
}

/// Whether the law wants a ground for it.
pub(super) fn withholds(decision: Decision) -> bool {
    match decision {
        Decision::PartlyDisclosed | Decision::Withheld => true,
        Decision::Disclosed | Decision::NotHeld => false,
    }
}

impl Petitions {
    /// The grounds of a letter's service.
    pub(super) fn grounds(&self, letter: &Letter) -> &[WithholdingGround] {
        let service = self.catalog.accepted_service(&letter.petition.service);
        service.map_or(&[], |it| &it.withholding_grounds)
    }

    /// Takes over what the form says.
    pub(super) fn decide(&mut self) -> Result<(), PetitionsNotice> {
        let Some((open, form)) = (self.open.as_ref()).and_then(|it| Some((it, it.form.as_ref()?)))
        else {
            return Ok(());
        };
        let decision = form.decision().ok_or(PetitionsNotice::NoDecision)?;
        let wants_ground = withholds(decision) && !self.grounds(&open.letter).is_empty();
        let ground = form.ground.filter(|_| wants_ground);
        if wants_ground && ground.is_none() {
            return Err(PetitionsNotice::NoGround);
        }
        let request = open.request().clone();
        self.decided.insert(request, Decided { decision, ground });
        Ok(())
    }

    /// What stands decided: at this desk, or in the answer that was given last. Another
    /// answer begins with the decision of one that did not arrive, as with its words.
    pub(super) fn decided(&self, open: &Open) -> Option<Decided> {
        let here = self.decided.get(open.request()).copied();
        here.or_else(|| match self.written.get(open.request()) {
            Some(written) => self.decided_in(open, &written.reply),
            None => {
                let reply = open.letter.reply.as_ref()?;
                self.decided_by(open, open.letter.decision, &reply.text)
            }
        })
    }

    /// What was decided before the appeal that waits now.
    pub(super) fn decided_before(&self, open: &Open) -> Option<Decision> {
        let letter = &open.letter;
        let petition = &letter.petition;
        let waits = petition.standing.wants_an_answer() && letter.reply.is_none();
        letter.decision.filter(|_| petition.appealed && waits)
    }

    /// The answer with its ground in front, once.
    pub(super) fn with_ground(&self, open: &Open, text: &Personal<String>) -> Personal<String> {
        let ground = self.decided(open).and_then(|it| it.ground);
        let text = self.without_ground(open, text);
        match ground.and_then(|it| self.grounds(&open.letter).get(it)) {
            Some(ground) => {
                let ground = sentence(ground, &open.letter.language);
                Personal::new(format!("{ground}\n\n{}", text.reveal()))
            }
            None => text,
        }
    }

    /// Some is withheld, and it is not said on which ground.
    pub(super) fn lacks_ground(&self, open: &Open) -> bool {
        let withheld = self.decided(open).filter(|it| withholds(it.decision));
        let lacks = withheld.is_some_and(|it| it.ground.is_none());
        lacks && !self.grounds(&open.letter).is_empty()
    }

    /// What an answer that was written down says.
    pub(super) fn decided_in(&self, open: &Open, reply: &WrittenReply) -> Option<Decided> {
        self.decided_by(open, reply.decision, &reply.text)
    }

    fn decided_by(
        &self,
        open: &Open,
        decision: Option<Decision>,
        text: &Personal<String>,
    ) -> Option<Decided> {
        let letter = &open.letter;
        let mut grounds = self.grounds(letter).iter();
        let text = text.reveal();
        Some(Decided {
            decision: decision?,
            ground: grounds.position(|it| text.starts_with(&sentence(it, &letter.language))),
        })
    }

    /// The agent's own words of an answer.
    pub(super) fn without_ground(&self, open: &Open, text: &Personal<String>) -> Personal<String> {
        let letter = &open.letter;
        let mut sentences = self.grounds(letter).iter();
        let own = sentences.find_map(|it| {
            let rest = text
                .reveal()
                .strip_prefix(&sentence(it, &letter.language))?;
            Some(rest.trim_start_matches('\n').to_owned())
        });
        own.map_or_else(|| text.clone(), Personal::new)
    }
}

fn sentence(ground: &WithholdingGround, language: &str) -> String {
    let clause = ground.clause.in_language(language);
    let title = ground.title.in_language(language);
    match language {
        "ko" => format!("공개하지 않는 근거: 공공기관의 정보공개에 관한 법률 {clause} ({title})"),
        _ => format!(
            "Ground for withholding: Official Information Disclosure Act, {clause} ({title})"
        ),
    }
}
