//! What goes together: who may ask, without a network, the fee, the form, the paper.

use catalog::QuestionKind;
use request::IdentityLevel;

use super::{
    Fee, Field, FieldKind, FormQuestion, QUESTION_KINDS, ROWS_MAX,
    answers::{Form, no_new_name},
};
use crate::{interview::NotAnswered, words::Words};

const WEEK: u32 = 168;
const LEASE_PAPERS_MAX: u32 = 1_000;

impl Form<'_, '_> {
    pub(super) fn identity(&mut self) -> Result<IdentityLevel, NotAnswered> {
        let answer = self.one_of(
            "identity",
            (
                "누가 신청할 수 있나요? none: 누구나, number: 카드와 번호, strong: 본인 확인까지",
                "Who may ask? none: anybody, number: by card and number, strong: and proven",
            ),
            vec!["none", "number", "strong"],
        )?;
        Ok(match answer.as_str() {
            "none" => IdentityLevel::None,
            "number" => IdentityLevel::Number,
            _ => IdentityLevel::Strong,
        })
    }

    /// As `service.toml` has it.
    pub(super) fn offline(
        &mut self,
        identity: IdentityLevel,
        query: &str,
    ) -> Result<String, NotAnswered> {
        let mut known = vec!["refuse", "queue"];
        if identity == IdentityLevel::None {
            known.push("lease");
        }
        let rule = self.one_of(
            "offline",
            (
                "통신이 끊기면? refuse: 받지 않음, queue: 접수만, lease: 가진 자료로 발급",
                "Without a network? refuse: not at all, queue: accept it, lease: issue it from records at hand",
            ),
            known,
        )?;
        Ok(match rule.as_str() {
            "queue" => {
                let hours = self.number(
                    "offline_hours",
                    (
                        "끊긴 뒤 몇 시간까지 접수하나요?",
                        "For how many hours is it accepted?",
                    ),
                    (1, WEEK),
                    72,
                )?;
                format!("{{ queue = {{ fresh_for_hours = {hours} }} }}")
            }
            "lease" => {
                let papers = self.number(
                    "offline_papers",
                    ("몇 장까지 발급하나요?", "How many papers at the most?"),
                    (1, LEASE_PAPERS_MAX),
                    40,
                )?;
                let hours = self.number(
                    "offline_hours",
                    ("몇 시간까지 발급하나요?", "For how many hours?"),
                    (1, WEEK),
                    72,
                )?;
                format!(
                    "{{ lease = {{ papers = {papers}, hours = {hours}, snapshot = \"{query}-snapshot\" }} }}"
                )
            }
            _ => "\"refuse\"".to_owned(),
        })
    }

    pub(super) fn fee(&mut self, id: &str) -> Result<Fee, NotAnswered> {
        let known: Vec<String> = self.ordinances();
        let list = known.join(", ");
        let words = Words::new(
            format!("수수료는? 원 단위의 금액, 또는 있는 규정의 이름 ({list})"),
            format!(
                "What does a copy cost? An amount in won, or the name of an ordinance there is ({list})"
            ),
        );
        let answer = self.ask("fee", words, None, &|it| {
            let right = known.iter().any(|name| name == it) || it.parse::<u32>().is_ok();
            (!right).then(|| {
                Words::new(
                    "금액이나 있는 규정의 이름으로 답해 주세요",
                    "Please answer with an amount or the name of an ordinance there is",
                )
            })
        })?;
        let Ok(won) = answer.parse() else {
            return Ok(Fee::Known(answer));
        };
        let basis = self.both(
            "fee_basis",
            (
                "그 수수료의 근거 (법령이나 조례)",
                "By which law or ordinance",
            ),
            None,
        )?;
        let words = Words::new(
            "언제부터? (예: 2026-01-01)",
            "From which day? (such as 2026-01-01)",
        );
        let from = self.ask("fee_from", words, None, &|it| {
            (!crate::check::is_day(it)).then(|| {
                Words::new(
                    "2026-01-01처럼 답해 주세요",
                    "Please answer with a day like 2026-01-01",
                )
            })
        })?;
        Ok(Fee::New {
            id: id.to_owned(),
            basis,
            from,
            won,
        })
    }

    fn ordinances(&self) -> Vec<String> {
        let mut names: Vec<_> = self
            .catalog
            .services()
            .map(|it| it.fee.ordinance.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    pub(super) fn questions(&mut self) -> Result<Vec<FormQuestion>, NotAnswered> {
        let mut questions: Vec<FormQuestion> = Vec::new();
        let lists = self.code_lists();
        while questions.len() < ROWS_MAX {
            let number = questions.len();
            let words = Words::new(
                "신청하는 사람에게 무엇을 (더) 묻나요?",
                "Is the applicant asked anything (more)?",
            );
            if !self.answers.another("question", number, words)? {
                break;
            }
            let key = |it: &str| format!("question.{number}.{it}");
            let words = Words::new(
                "질문의 id는? (영어 소문자와 _)",
                "What is the question's id? (small letters and _)",
            );
            let id = self.ask(&key("id"), words, None, &|it| {
                no_new_name(it, questions.iter().map(|it| it.id.as_str()))
            })?;
            let label = self.both(
                &key("label"),
                ("화면의 질문", "How is it asked on the screen"),
                None,
            )?;
            let hint = self.both(
                &key("hint"),
                ("어떻게 답하는지", "How is it answered"),
                None,
            )?;
            let kind = self.one_of(
                &key("kind"),
                ("무엇으로 답하나요?", "With what is it answered?"),
                QUESTION_KINDS.iter().map(|it| it.0).collect(),
            )?;
            let Some((kind, of, usual)) = QUESTION_KINDS.into_iter().find(|it| it.0 == kind) else {
                break;
            };
            let codes = match of {
                QuestionKind::List => Some(self.one_of(
                    &key("codes"),
                    ("어느 코드 목록에서?", "From which code list?"),
                    lists.iter().map(String::as_str).collect(),
                )?),
                QuestionKind::ParcelNumber
                | QuestionKind::Date
                | QuestionKind::Digits
                | QuestionKind::Code
                | QuestionKind::Text => None,
            };
            let limit = self.number(
                &key("limit"),
                ("몇 자까지?", "How many characters at the most?"),
                (usual.min(10), 200),
                usual,
            )?;
            questions.push(FormQuestion {
                id,
                label,
                hint,
                kind,
                codes,
                limit,
            });
        }
        Ok(questions)
    }

    fn code_lists(&self) -> Vec<String> {
        let questions = self.catalog.services().flat_map(|it| &it.questions);
        let mut names: Vec<_> = questions.filter_map(|it| it.codes.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// At least one, for a paper has to say something, and the seal too.
    pub(super) fn fields(&mut self) -> Result<Vec<Field>, NotAnswered> {
        let mut fields: Vec<Field> = Vec::new();
        while fields.len() < ROWS_MAX {
            let number = fields.len();
            let words = Words::new(
                "증명서에 항목이 더 있나요?",
                "Does the certificate say anything more?",
            );
            if number > 0 && !self.answers.another("field", number, words)? {
                break;
            }
            let key = |it: &str| format!("field.{number}.{it}");
            let words = Words::new(
                "기록의 항목 id는? (영어 소문자와 _, 예: breed)",
                "What is the field called in the record? (small letters and _, such as breed)",
            );
            let id = self.ask(&key("id"), words, None, &|it| {
                no_new_name(it, fields.iter().map(|it| it.id.as_str()).chain(["person"]))
            })?;
            let label = self.both(
                &key("label"),
                ("증명서의 항목 이름", "What is it called on the paper"),
                None,
            )?;
            let names = FieldKind::NAMES.iter().map(|it| it.0).collect();
            let kind = self.one_of(&key("kind"), ("어떤 값인가요?", "What is it?"), names)?;
            let kind = FieldKind::named(&kind).unwrap_or(FieldKind::Text);
            let limit = match kind {
                FieldKind::Text | FieldKind::Bilingual => self.number(
                    &key("limit"),
                    ("몇 자까지?", "How many characters at the most?"),
                    (1, 400),
                    60,
                )?,
                FieldKind::Number | FieldKind::Won | FieldKind::Day => 0,
            };
            let sealed = self.yes(
                &key("sealed"),
                ("봉인(QR)에 넣나요?", "Does the seal (QR) carry it?"),
                number == 0,
            )?;
            fields.push(Field {
                id,
                label,
                kind,
                limit,
                sealed,
            });
        }
        if fields.iter().all(|it| !it.sealed)
            && let Some(first) = fields.first_mut()
        {
            first.sealed = true;
        }
        Ok(fields)
    }
}
