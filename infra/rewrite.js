// From an address to the site's file: a slash at the end goes, a page gets its ".html". S3 behind origin access control
// knows objects only; and a custom error page would also replace the API's own 404, so unknown pages are answered here.
// The pages that web/build.py writes (a test compares).
var PAGES = [
  "", "/lapor", "/sisip", "/lacak", "/peta", "/statistik", "/konsol", "/tentang", "/privasi", "/bantuan",
  "/aksesibilitas", "/jawab", "/instansi", "/laporan-saya", "/bukan-saya", "/tanpa-sambungan", "/404",
  "/en", "/en/lapor", "/en/sisip", "/en/lacak", "/en/peta", "/en/statistik", "/en/konsol", "/en/tentang", "/en/privasi",
  "/en/bantuan", "/en/aksesibilitas", "/en/jawab", "/en/instansi", "/en/laporan-saya", "/en/bukan-saya",
  "/en/tanpa-sambungan", "/en/404",
];
function handler(event) {
  var request = event.request;
  var path = request.uri.replace(/\/+$/, "");
  if (path.substring(path.lastIndexOf("/") + 1).indexOf(".") !== -1) return request;
  if (PAGES.indexOf(path) === -1) return missing();
  request.uri = path === "" ? "/index.html" : path + ".html";
  return request;
}
function missing() {
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: { "content-type": { value: "text/html; charset=utf-8" }, "cache-control": { value: "no-store" } },
    body:
      '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      '<title>Halaman tidak ditemukan – Tanggap</title><h1>Halaman tidak ditemukan</h1><form action="/lacak">' +
      '<label for="number">Nomor laporan</label> <input id="number" name="number"> <button>Lacak</button></form>' +
      '<p><a href="/">Ke beranda</a> · <a href="/lapor">Lapor</a></p>',
  };
}
