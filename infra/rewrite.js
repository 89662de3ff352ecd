// A folder's page: S3 behind origin access control knows objects only, no index documents.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf("/") + 1);
  if (last === "") request.uri += "index.html";
  else if (last.indexOf(".") === -1) request.uri += "/index.html";
  return request;
}
