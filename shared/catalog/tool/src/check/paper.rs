//! Every service goes to paper: as in its sample with each choice, with the longest
//! and rarest names, and with a record that has next to nothing in it.

use catalog::Service;
use certificate::{Assignment, CertifyError, FontError, Press, Proof, RenderError};
use request::{DocumentNumber, Timestamp};
use seal::{Lease, LeasedKey, SealSigner, SoftSealKey, fresh_key};
use serde_json::{Map, Value, json};

use super::Check;
use crate::{
    extreme::{Extreme, extreme},
    folder::{CertificateFolder, Folder},
    report::Report,
    words::Words,
};

/// Of the length every number has; no paper of an office.
const NUMBER: &str = "2611-ABCD-EFGH-JKLM";
/// 2026-11-24, 09:30 in Korea: papers of one catalogue are the same on every day.
const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);
/// A lease at its largest.
const LEASE_SECONDS: i64 = 604_800;
const LEASE_PAPERS: u32 = 1_000;

pub(super) fn check(folder: &Folder, wanted: &Check, report: &mut Report) -> Result<(), FontError> {
    let is_wanted = |name: &str| match wanted {
        Check::Words => false,
        Check::PapersOf(names) => names.iter().any(|it| it == name),
        Check::All => true,
    };
    let mut press = None;
    for it in &folder.certificates {
        let below = format!("services/{}", it.service.name);
        // Of what does not fit together no paper can tell anything new.
        if !is_wanted(&it.service.name) || report.touches(&below) {
            continue;
        }
        let press = match &mut press {
            Some(press) => press,
            none => none.insert(Press::with_debian_fonts()?),
        };
        if let Some(trial) = Trial::of(it) {
            trial.run(press, report);
        }
    }
    Ok(())
}

/// One service on the press.
struct Trial<'a> {
    folder: &'a CertificateFolder,
    service: &'a Service,
    schema: &'a Value,
    sample: &'a Value,
    signer: Box<dyn SealSigner>,
}

/// Which record is printed.
#[derive(Clone, Copy)]
enum Form {
    Sample,
    Extreme(Extreme),
}

impl<'a> Trial<'a> {
    fn of(folder: &'a CertificateFolder) -> Option<Self> {
        let service = folder.service.value.as_ref()?;
        Some(Self {
            folder,
            service,
            schema: folder.schema.as_ref()?.1.as_ref()?,
            sample: folder.sample.as_ref()?.1.as_ref()?,
            signer: signer(service)?,
        })
    }

    fn run(&self, press: &Press, report: &mut Report) {
        let choices = choices(self.service);
        let last = choices.last().cloned().unwrap_or_default();
        let first = choices.first().cloned().unwrap_or_default();
        // The last choices are the longest record's, where there are others.
        for options in &choices[..choices.len().saturating_sub(1).max(1)] {
            self.print(press, Form::Sample, options, report);
        }
        self.print(press, Form::Extreme(Extreme::Longest), &last, report);
        self.print(press, Form::Extreme(Extreme::Emptiest), &first, report);
    }

    fn print(&self, press: &Press, form: Form, options: &Value, report: &mut Report) {
        let record = match form {
            Form::Sample => self.sample.clone(),
            Form::Extreme(which) => extreme(self.schema, self.sample, which),
        };
        let assignment = Assignment {
            service: self.service,
            record: &record,
            options,
            number: &DocumentNumber::new(NUMBER),
            copy: (1, 1),
            fee_won: 1_000,
            now: NOW,
        };
        match press.proof(&assignment, &*self.signer) {
            Ok(proof) => self.sealed_is_printed(&record, &proof, report),
            Err(error) => self.refused(&error, form, options, report),
        }
    }

    fn refused(&self, error: &CertifyError, form: Form, options: &Value, report: &mut Report) {
        let (ko, en) = with(form, options);
        let service = &self.folder.service.source;
        if matches!(error, CertifyError::Render(RenderError::SealTooLarge)) {
            let words = Words::new(
                format!(
                    "{ko} 봉인이 종이의 자리보다 커요. 봉인에 넣는 항목을 줄이거나 record.schema.json의 maxLength를 줄이세요"
                ),
                format!(
                    "{en} the seal is larger than its place on the paper: seal fewer fields, or lower their maxLength in record.schema.json"
                ),
            );
            return report.at(service, "/seal", "seal-too-large", words);
        }
        let (line, rule, words) = match error {
            CertifyError::Render(RenderError::Template { line }) => (
                *line,
                "template",
                Words::new(
                    format!("{ko} 서식이 인쇄되지 않아요"),
                    format!("{en} the template does not print"),
                ),
            ),
            CertifyError::Render(RenderError::MissingGlyph) => (
                1,
                "glyph",
                Words::new(
                    format!("{ko} 어느 글꼴에도 없는 글자가 있어요"),
                    format!("{en} there is a character that no font has"),
                ),
            ),
            CertifyError::Render(
                RenderError::Standard
                | RenderError::Unsettled
                | RenderError::Date
                | RenderError::SealTooLarge,
            )
            | CertifyError::Seal(_) => (
                1,
                "paper",
                Words::new(
                    format!("{ko} 보존용 문서(PDF/A-2a, PDF/UA-1)가 되지 않아요: {error}"),
                    format!("{en} it does not become PDF/A-2a and PDF/UA-1: {error}"),
                ),
            ),
        };
        if let Some(template) = &self.folder.template {
            report.on_line(template, line.max(1), rule, words);
        }
    }

    /// Who reads the seal compares it with the paper.
    fn sealed_is_printed(&self, record: &Value, proof: &Proof, report: &mut Report) {
        let printed = bare(&proof.text);
        for (number, field) in self.service.seal_fields.iter().enumerate() {
            let value = record.pointer(&field.pointer);
            let sealed = match value {
                Some(Value::String(text)) => bare(text),
                // What is not there is sealed as nothing.
                Some(Value::Null) | None => continue,
                Some(other) => bare(&other.to_string()),
            };
            if !printed.contains(&sealed) {
                let words = Words::new(
                    format!("`{}`: 봉인에는 있는데 종이에는 없어요", field.name),
                    format!("`{}` is in the seal and not on the paper", field.name),
                );
                let place = format!("/seal/{number}/pointer");
                report.at(&self.folder.service.source, &place, "not-printed", words);
            }
        }
    }
}

/// Letters and digits, however they are set apart.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|it| it.is_alphanumeric() || *it == '*')
        .collect()
}

/// The first choice of every option, then the second, until all were chosen.
fn choices(service: &Service) -> Vec<Value> {
    let most = service.options.iter().map(|it| it.choices.len()).max();
    (0..most.unwrap_or(1))
        .map(|turn| {
            let chosen = service.options.iter().map(|it| {
                let choice = &it.choices[turn.min(it.choices.len() - 1)];
                (it.id.clone(), json!(choice.id))
            });
            chosen.collect::<Map<_, _>>().into()
        })
        .collect()
}

/// As the beginning of a sentence.
fn with(form: Form, options: &Value) -> (String, String) {
    let (ko, en) = match form {
        Form::Sample => ("견본으로는", "With the sample"),
        Form::Extreme(Extreme::Longest) => (
            "가장 길고 드문 이름으로는",
            "With the longest and rarest names",
        ),
        Form::Extreme(Extreme::Emptiest) => ("가장 빈 기록으로는", "With the emptiest record"),
    };
    let chosen = options.as_object().filter(|it| !it.is_empty());
    let chosen = chosen.map_or_else(String::new, |it| {
        let pairs = it
            .iter()
            .map(|(id, choice)| format!("{id} = {}", choice.as_str().unwrap_or_default()));
        format!(" ({})", pairs.collect::<Vec<_>>().join(", "))
    });
    (format!("{ko}{chosen}"), format!("{en}{chosen}"))
}

/// An office's key; a station's under a lease, where there is one for the service:
/// its seal is the largest.
fn signer(service: &Service) -> Option<Box<dyn SealSigner>> {
    let (pem, key) = fresh_key().ok()?;
    let office = SoftSealKey::from_pem(&pem).ok()?;
    if service.lease().is_none() {
        return Some(Box::new(office));
    }
    let now = NOW.as_millis() / 1_000;
    let (_, other) = fresh_key().ok()?;
    let lease = Lease {
        station: "hanbit-gaon-kiosk-1".to_owned(),
        service: service.id.to_string(),
        version: service.version,
        prefix: NUMBER[..9].to_owned(),
        papers: LEASE_PAPERS,
        records_at: now,
        granted_at: now,
        until: now + LEASE_SECONDS,
        load: other[1..].try_into().ok()?,
        key,
    };
    let lease = lease.grant(&office).ok()?;
    let key = LeasedKey::new(&pem, lease).ok()?;
    Some(Box::new(key))
}
