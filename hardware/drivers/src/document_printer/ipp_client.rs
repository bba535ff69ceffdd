//! Puts one question to the printer over HTTP (RFC 8010).

use std::{io::Cursor, time::Duration};

use ipp::prelude::{
    AsyncIppClient, DelimiterTag, IppAttribute, IppAttributeGroup, IppOperationBuilder, IppPayload,
    IppRequestResponse, IppValue, IppVersion, Operation, Uri,
};

use ipp::parser::IppParseError;

use super::{
    ipp_job::{Answer, Question},
    ipp_status::PrinterAttributes,
};

const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
const USER: &str = "kiosk";
const MEDIA: &str = "iso_a4_210x297mm";

pub(super) struct IppClient {
    uri: Uri,
    client: AsyncIppClient,
}

impl IppClient {
    pub(super) fn new(uri: Uri) -> Self {
        let client = AsyncIppClient::builder(uri.clone())
            .request_timeout(ANSWER_TIMEOUT)
            .build();
        Self { uri, client }
    }

    pub(super) async fn ask(&self, question: Question) -> Answer {
        let Ok(request) = self.request(&question) else {
            return Answer::Unreachable;
        };
        let asked = tokio::time::timeout(2 * ANSWER_TIMEOUT, self.client.send(request));
        match asked.await {
            Ok(Ok(response)) => read(&question, &response),
            Ok(Err(error)) => {
                tracing::debug!(%error, "The document printer did not answer");
                Answer::Unreachable
            }
            Err(_) => Answer::Unreachable,
        }
    }

    fn request(&self, question: &Question) -> Result<IppRequestResponse, IppParseError> {
        let uri = || self.uri.clone();
        Ok(match question {
            Question::PrinterAttributes => IppOperationBuilder::get_printer_attributes(uri())
                .attributes([
                    "printer-state",
                    "printer-state-reasons",
                    "printer-impressions-completed",
                ])
                .build()?
                .into(),
            Question::PrintJob { name, document } => {
                let payload = IppPayload::new(Cursor::new(document.to_vec()));
                IppOperationBuilder::print_job(uri(), payload)
                    .job_title(name.as_str())
                    .user_name(USER)
                    .document_format("application/pdf")
                    .attribute(keyword("media", MEDIA)?)
                    .attribute(keyword("sides", "one-sided")?)
                    .build()?
                    .into()
            }
            Question::JobAttributes { id } => IppOperationBuilder::get_job_attributes(uri(), *id)
                .build()?
                .into(),
            Question::CancelJob { id } => IppOperationBuilder::cancel_job(uri(), *id)
                .user_name(USER)
                .build()?
                .into(),
            Question::FindJob { .. } => self.get_jobs()?,
        })
    }

    /// Get-Jobs (RFC 8011, 4.2.6) of every state, with what is needed to know one.
    fn get_jobs(&self) -> Result<IppRequestResponse, IppParseError> {
        let mut request = IppRequestResponse::new(
            IppVersion::v1_1(),
            Operation::GetJobs,
            Some(self.uri.clone()),
        )?;
        let wanted = [
            "job-id",
            "job-name",
            "job-state",
            "job-impressions-completed",
        ]
        .map(|name| name.try_into().map(IppValue::Keyword));
        let wanted = wanted.into_iter().collect::<Result<Vec<_>, _>>()?;
        for attribute in [
            IppAttribute::with_name("requested-attributes", IppValue::Array(wanted))?,
            keyword("which-jobs", "all")?,
        ] {
            request
                .attributes_mut()
                .add(DelimiterTag::OperationAttributes, attribute);
        }
        Ok(request)
    }
}

fn keyword(name: &str, value: &str) -> Result<IppAttribute, IppParseError> {
    IppAttribute::with_name(name, IppValue::Keyword(value.try_into()?))
}

fn read(question: &Question, response: &IppRequestResponse) -> Answer {
    let groups = response.attributes();
    if !response.header().status_code().is_success() {
        return match question {
            Question::JobAttributes { .. } => Answer::NoJob,
            Question::PrintJob { .. } => Answer::Refused,
            // A job that cannot be called back any more has ended.
            Question::CancelJob { .. } => Answer::Canceled,
            Question::PrinterAttributes | Question::FindJob { .. } => Answer::Unreachable,
        };
    }
    let found = match question {
        Question::PrinterAttributes => groups
            .first_of(DelimiterTag::PrinterAttributes)
            .and_then(printer),
        Question::PrintJob { .. } => groups
            .first_of(DelimiterTag::JobAttributes)
            .and_then(|group| integer(group, "job-id"))
            .map(|id| Answer::Submitted { id }),
        Question::JobAttributes { .. } => {
            groups.first_of(DelimiterTag::JobAttributes).and_then(job)
        }
        Question::FindJob { name } => Some(
            groups
                .groups_of(DelimiterTag::JobAttributes)
                .find(|group| text(group, "job-name").as_deref() == Some(name.as_str()))
                .and_then(job)
                .unwrap_or(Answer::NoJob),
        ),
        Question::CancelJob { .. } => Some(Answer::Canceled),
    };
    found.unwrap_or(Answer::Unreachable)
}

fn printer(group: &IppAttributeGroup) -> Option<Answer> {
    let told = group.get("printer-state-reasons")?.value();
    let reasons = if let IppValue::Array(reasons) = told {
        reasons.iter().map(ToString::to_string).collect()
    } else {
        vec![told.to_string()]
    };
    Some(Answer::Printer(PrinterAttributes {
        state: integer(group, "printer-state")?,
        reasons,
        impressions: integer(group, "printer-impressions-completed")
            .and_then(|impressions| u64::try_from(impressions).ok()),
    }))
}

fn job(group: &IppAttributeGroup) -> Option<Answer> {
    let sheets = integer(group, "job-impressions-completed").unwrap_or(0);
    Some(Answer::Job {
        id: integer(group, "job-id")?,
        state: integer(group, "job-state")?,
        sheets: u32::try_from(sheets).unwrap_or(0),
    })
}

fn integer(group: &IppAttributeGroup, name: &str) -> Option<i32> {
    text(group, name)?.parse().ok()
}

fn text(group: &IppAttributeGroup, name: &str) -> Option<String> {
    Some(group.get(name)?.value().to_string())
}

#[cfg(test)]
mod tests;
