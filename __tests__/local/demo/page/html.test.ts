import { html } from "../../../../local/demo/page/html";

it("escapes every value, in text and in attributes", () => {
  const hostile = `<script>"x"&'y'</script>`;
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&lt;script&gt;&quot;x&quot;&amp;&#39;y&#39;&lt;/script&gt;">&lt;script&gt;&quot;x&quot;&amp;&#39;y&#39;&lt;/script&gt;</p>',
  );
});

it("keeps HTML as it is, joins lists and leaves nothing for what is absent", () => {
  expect(html`<ul>${["a", "<b>"].map((text) => html`<li>${text}</li>`)}</ul>${undefined}${false}${0}`.text).toBe(
    "<ul><li>a</li><li>&lt;b&gt;</li></ul>0",
  );
});
