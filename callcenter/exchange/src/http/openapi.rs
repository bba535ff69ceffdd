//! The description of this interface (OpenAPI 3.1).

use axum::Json;
use utoipa::OpenApi;

use super::{
    archive, attention, board, checks, documents, doubts, editions, heads, knowledge, leases,
    locator, open_data, petitions, requests, rooms, stations, status, tickets, training,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Minwon exchange",
        description = "Stations in, data networks out."
    ),
    paths(
        stations::hello,
        stations::offer,
        stations::listen,
        heads::co_sign,
        heads::kept,
        archive::list,
        archive::disposals,
        attention::announce,
        attention::wedged,
        attention::settle,
        doubts::list,
        doubts::look_into,
        editions::list,
        editions::fetch,
        editions::tell,
        petitions::list,
        petitions::read,
        petitions::assign,
        petitions::reply,
        petitions::handling::transfer,
        petitions::handling::extend,
        petitions::handling::join,
        petitions::handling::separate,
        petitions::handling::offices,
        petitions::files::keep,
        petitions::files::give,
        requests::ask,
        requests::status,
        attention::quarantined,
        attention::release,
        board::hand_in,
        board::waiting,
        board::moderate,
        board::read,
        knowledge::find,
        knowledge::drafts,
        knowledge::write,
        knowledge::approve,
        knowledge::retire,
        knowledge::judge,
        knowledge::feedback,
        leases::grant,
        locator::find,
        locator::read,
        locator::json_ld,
        locator::turtle,
        open_data::kiosks,
        open_data::kiosks_table,
        open_data::statistics,
        open_data::statistics_table,
        checks::open,
        checks::list,
        checks::of_kiosk,
        checks::of_desk,
        rooms::open,
        rooms::list,
        rooms::take,
        rooms::post_of_kiosk,
        rooms::post_of_desk,
        rooms::close,
        tickets::tell_key,
        tickets::look_up,
        tickets::spend,
        training::tell,
        training::list,
        documents::fetch,
        documents::status,
        status::networks,
        status::trust,
        status::health,
        serve
    )
)]
struct Description;

/// The description as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn description() -> Result<String, serde_json::Error> {
    Description::openapi().to_pretty_json()
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "status",
    responses((status = 200, description = "OpenAPI")))]
pub(crate) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
