/* Search, sort and filter for every table of data; a filter stands below each head. */
document.querySelectorAll("table.data").forEach((table) => {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  const label = () => {
    table.querySelectorAll("thead [data-dt-column]").forEach((head) => {
      const name = heads[head.dataset.dtColumn];
      head.querySelectorAll("input").forEach((input) => input.setAttribute("aria-label", `Filter ${name}`));
      head.querySelectorAll("select").forEach((select) => select.setAttribute("aria-label", `How to filter ${name}`));
      head.querySelectorAll("button.dtcc-button_order").forEach((button) => button.setAttribute("aria-label", `Sort by ${name}`));
    });
  };
  const widget = new window.DataTable(table, {
    order: [],
    pageLength: 25,
    lengthMenu: [10, 25, 100, { label: "all", value: -1 }],
    columnControl: [
      { target: 0, content: ["order"] },
      { target: 1, content: ["search"] },
    ],
    ordering: { indicators: false, handler: false },
    layout: { topStart: "pageLength", topEnd: "search", bottomStart: "info", bottomEnd: "paging" },
    language: { search: "Search", lengthMenu: "_MENU_ rows" },
  });
  widget.on("draw", label);
  widget.ready(label);
});
