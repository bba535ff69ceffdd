//! The description of this interface (OpenAPI 3.1).

use axum::Json;
use utoipa::OpenApi;

use super::{
    attention, checks, deliveries, documents, doubts, heads, leases, petitions, rooms, stations,
    status, tickets, training,
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
        attention::announce,
        attention::wedged,
        attention::settle,
        doubts::list,
        doubts::look_into,
        petitions::list,
        petitions::read,
        petitions::assign,
        petitions::reply,
        attention::quarantined,
        attention::release,
        leases::grant,
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
        deliveries::send,
        deliveries::status,
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
