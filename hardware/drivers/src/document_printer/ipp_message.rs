//! Writes what the printer is asked and reads what it answers (RFC 8010, 3; RFC 8011, 4).

use std::io::Cursor;

use ipp::{
    parser::{IppParseError, IppParser},
    prelude::{
        DelimiterTag, IppAttribute, IppAttributeGroup, IppOperationBuilder, IppPayload,
        IppRequestResponse, IppValue, IppVersion, Operation, Uri,
    },
    reader::IppReader,
};

use super::{
    ipp_framing::{Misframed, well_framed},
    ipp_job::{Answer, Question},
    ipp_status::PrinterAttributes,
};

const USER: &str = "kiosk";
const MEDIA: &str = "iso_a4_210x297mm";

/// The bytes are no IPP message.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error(transparent)]
    Misframed(#[from] Misframed),
    #[error(transparent)]
    Parse(#[from] IppParseError),
}

/// The message that asks this of the printer at this address.
///
/// # Errors
///
/// Where the address or a name is longer than IPP allows.
pub(super) fn request(uri: &Uri, question: &Question) -> Result<Vec<u8>, IppParseError> {
    let uri = || uri.clone();
    let request: IppRequestResponse = match question {
        Question::PrinterAttributes => IppOperationBuilder::get_printer_attributes(uri())
            .attributes([
                "printer-state",
                "printer-state-reasons",
                "printer-impressions-completed",
            ])
            .build()?
            .into(),
        Question::PrintJob { name, .. } => {
            IppOperationBuilder::print_job(uri(), IppPayload::empty())
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
        Question::FindJob { .. } => get_jobs(uri())?,
    };
    let mut message = request.to_bytes().to_vec();
    if let Question::PrintJob { document, .. } = question {
        message.extend_from_slice(document);
    }
    Ok(message)
}

/// Get-Jobs (RFC 8011, 4.2.6) of every state, with what is needed to know one.
fn get_jobs(uri: Uri) -> Result<IppRequestResponse, IppParseError> {
    let mut request = IppRequestResponse::new(IppVersion::v1_1(), Operation::GetJobs, Some(uri))?;
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

fn keyword(name: &str, value: &str) -> Result<IppAttribute, IppParseError> {
    IppAttribute::with_name(name, IppValue::Keyword(value.try_into()?))
}

/// What the printer's message says to this question.
///
/// # Errors
///
/// Where the bytes are no IPP message, or one nobody honest would send.
pub fn read(question: &Question, message: Vec<u8>) -> Result<Answer, Unreadable> {
    well_framed(&message)?;
    let response = IppParser::new(IppReader::new(Cursor::new(message))).parse()?;
    Ok(answer(question, &response))
}

fn answer(question: &Question, response: &IppRequestResponse) -> Answer {
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
